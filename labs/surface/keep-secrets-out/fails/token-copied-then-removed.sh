#!/bin/bash
# fails: clean-image secret-in-layer
# fails: build-authenticates secret-in-layer
# A file instead of an argument, copied and removed again.
set -euo pipefail
cd /srv/worker
cat >.dockerignore <<'EOF'
*
!cgi-bin
!fetch-artifact
!build-token
EOF
cat >Dockerfile <<'EOF'
FROM lab/app
ARG VERSION
COPY cgi-bin/ /usr/lib/app/cgi-bin/
COPY fetch-artifact /usr/local/bin/
COPY build-token /run/secrets/build-token
RUN fetch-artifact "$VERSION" && rm /run/secrets/build-token
CMD ["web", "worker"]
EOF
cat >build.sh <<'EOF'
#!/bin/bash
set -euo pipefail
cd /srv/worker
install -m 600 "${BUILD_TOKEN_FILE:-/srv/secrets/build-token}" build-token
trap "rm build-token" EXIT
docker build --quiet --add-host internal-api:host-gateway \
  --build-arg "VERSION=$1" \
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
