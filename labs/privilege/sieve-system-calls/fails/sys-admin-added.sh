#!/bin/bash
# fails: dangerous-calls call-open
# With SYS_ADMIN Docker's default profile opens mount and unshare, although user 1000 gains no capability by it.
set -euo pipefail
docker rm -f render
docker run -d --name render --label lab.role=render --network none -v /srv/render:/jobs --cap-add SYS_ADMIN lab/render
