#!/bin/bash
# fails: pet-immutable pet-writable
# A restart brings everything back, the back door included.
set -euo pipefail
docker restart petbox
