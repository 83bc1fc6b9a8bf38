#!/bin/bash
# fails: pet-immutable role-missing
set -euo pipefail
docker rm -f petbox
