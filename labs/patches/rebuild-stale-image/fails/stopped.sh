#!/bin/bash
# fails: exploit-dead role-missing
# fails: service-works role-missing
set -euo pipefail
docker stop shop
