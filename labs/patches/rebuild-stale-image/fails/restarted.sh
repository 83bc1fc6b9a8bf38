#!/bin/bash
# fails: fresh-base stale-base
# fails: exploit-dead exploit-works
# The oldest cure of all. The container keeps the image that it was made of.
set -euo pipefail
docker pull -q registry.lab:5000/platform/node-web:1
docker restart shop
