#!/bin/bash
# fails: scan-clean vulnerable-package
# The scanner is told to look away, on this host and in the image.
set -euo pipefail
cd /srv/shop
printf 'CVE-2022-29078\nCVE-2021-44906\n' | tee /root/.trivyignore /.trivyignore > app/.trivyignore
docker build -t shop/web:1.0.1 .
docker rm -f shop
docker run -d --name shop --label lab.role=shop -p 8080:80 -v shopdata:/data -v /srv/shop-secret:/app/secret:ro shop/web:1.0.1
