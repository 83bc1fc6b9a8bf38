#!/bin/bash
# fails: secrets-rotated old-password-works
# fails: leak-removed old-blobs-in-registry
# Half of each step: the password lay next to the token, and the tag is gone while its blobs are still handed to whoever knows the digest.
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
/srv/internal-api/rotate build-token
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
docker rmi shop/worker:1.0 registry.lab:5000/shop/worker:1.0
