#!/bin/bash
# fails: fresh-base stale-base
# Built and never started.
set -euo pipefail
cd /srv/shop
docker build --pull -t shop/web:1.0.1 .
