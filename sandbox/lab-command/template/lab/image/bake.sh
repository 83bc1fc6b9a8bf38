#!/bin/bash
# Builds the nested images; runs once, as root, without network.
set -euo pipefail
docker build --quiet --tag lab/web web
