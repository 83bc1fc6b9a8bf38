#!/bin/bash
set -euo pipefail

ingredients/suidsh/install.sh
ingredients/dev-login/install.sh Kontor-1997
chmod 755 /srv/erp/start.sh
docker build --quiet --tag lab/erp erp
