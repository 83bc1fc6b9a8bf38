#!/bin/bash
# fails: denied-today role-missing
set -euo pipefail
docker rm -f web
