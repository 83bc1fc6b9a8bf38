#!/bin/bash
# fails: build-authenticates token-in-other-image
# The stage that saw the token is kept under a name of its own, to be quicker next time.
set -euo pipefail
cd /srv/worker
cat >.dockerignore <<'EOF'
*
!cgi-bin
!fetch-artifact
EOF
cat >Dockerfile <<'EOF'
FROM lab/app AS artifact
ARG VERSION
ARG TOKEN
COPY fetch-artifact /
RUN /fetch-artifact "$VERSION" "$TOKEN"

FROM lab/app
COPY cgi-bin/ /usr/lib/app/cgi-bin/
COPY --from=artifact /app/artifact /app/
CMD ["web", "worker"]
EOF
cat >build.sh <<'EOF'
#!/bin/bash
set -euo pipefail
cd /srv/worker
docker build --quiet --target artifact --tag shop/worker-artifact --add-host internal-api:host-gateway \
  --build-arg "VERSION=$1" --build-arg "TOKEN=$(cat "${BUILD_TOKEN_FILE:-/srv/secrets/build-token}")" .
docker build --quiet --add-host internal-api:host-gateway \
  --build-arg "VERSION=$1" --build-arg "TOKEN=$(cat "${BUILD_TOKEN_FILE:-/srv/secrets/build-token}")" \
  --tag "shop/worker:$1" .
EOF
/srv/internal-api/rotate build-token
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
