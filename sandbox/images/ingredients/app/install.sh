#!/bin/bash
# Builds lab/app: the userland of lab/bb, a small web server and its CGI programs.
set -euo pipefail
cd "$(dirname "$0")"
docker build --quiet --tag lab/app .
