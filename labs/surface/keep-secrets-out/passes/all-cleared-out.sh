#!/bin/bash
# The secret comes in through the environment of the build, the new token is typed by hand, the cache is emptied, and the old files are gone from the folder as well.
set -euo pipefail
cd /srv/worker
rm -r .env .git deploy_key
cat >Dockerfile <<'EOF'
FROM lab/app
ARG VERSION
COPY cgi-bin/ /usr/lib/app/cgi-bin/
COPY fetch-artifact /usr/local/bin/
RUN --mount=type=secret,id=build-token fetch-artifact "$VERSION"
CMD ["web", "worker"]
EOF
cat >build.sh <<'EOF'
#!/bin/bash
set -euo pipefail
cd /srv/worker
token=$(cat "${BUILD_TOKEN_FILE:-/srv/secrets/build-token}")
export token
docker build --quiet --add-host internal-api:host-gateway \
  --build-arg "VERSION=$1" --secret "id=build-token,env=token" \
  --tag "shop/worker:$1" .
EOF
openssl rand -hex 20 | tee /srv/internal-api/tokens/build >/srv/secrets/build-token
/srv/internal-api/rotate orders-password
./build.sh 2.0
cat >compose.yaml <<'EOF'
services:
  worker:
    image: shop/worker:2.0
    container_name: worker
    labels:
      lab.role: worker
    extra_hosts:
      - internal-api:host-gateway
    ports:
      - 8080:80
    secrets:
      - orders-password
secrets:
  orders-password:
    file: /srv/secrets/orders-password
EOF
docker compose up --detach
repository=http://registry.lab:5000/v2/shop/worker
digest=$(curl -s -I -H 'Accept: application/vnd.docker.distribution.manifest.v2+json' $repository/manifests/1.0 |
  tr -d '\r' | awk 'tolower($1) == "docker-content-digest:" {print $2}')
curl -s -X DELETE "$repository/manifests/$digest"
docker-registry garbage-collect /etc/docker/registry/config.yml >/dev/null
docker rmi shop/worker:1.0 registry.lab:5000/shop/worker:1.0
docker builder prune --all --force
