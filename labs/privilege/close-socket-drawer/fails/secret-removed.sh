#!/bin/bash
# fails: metrics-without-proc proc-mounted
# The vault starts without its token; the next secret is as open as this one was.
set -euo pipefail
docker rm -f vault
docker run -d --name vault --label lab.role=vault lab/vault
