#!/bin/bash
# Builds the leaky image with this session's secrets and pushes it.
set -euo pipefail
secret() { printf '%s:%s' "$SCHOTT_SEED" "$1" | sha256sum | cut -c "1-$2"; }
token=bld_$(secret build-token 32)
password=$(secret orders-password 24)

cd /srv/internal-api
install -d -m 700 tokens passwords /srv/secrets
(
  umask 077
  printf '%s' "$token" | tee tokens/build >/srv/secrets/build-token
  printf '%s' "$password" | tee passwords/orders >/srv/secrets/orders-password
  secret api-key 32 >key
  echo "$SCHOTT_FLAG" >flag
)
docker run -d --name internal-api --label lab.role=internal-api -p 9000:80 -v /srv/internal-api:/clients:ro lab/internal-api >/dev/null

cd /srv/worker
sed -i "s/@ORDERS_PASSWORD@/$password/" Dockerfile
mkdir .git
echo 'ref: refs/heads/main' >.git/HEAD
printf '[remote "origin"]\n\turl = https://build:%s@git.lab/shop/worker.git\n' "$token" >.git/config
printf 'ORDERS_PASSWORD=%s\n' "$password" >.env
openssl genpkey -algorithm ed25519 -out deploy_key
chmod 600 .env deploy_key
image=registry.lab:5000/shop/worker:1.0
./build.sh 1.0 >/dev/null
docker tag shop/worker:1.0 $image
docker push --quiet $image >/dev/null &
docker compose up --detach --quiet-pull 2>/dev/null
wait $!
