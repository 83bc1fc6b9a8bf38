#!/bin/bash
# Without BuildKit's secrets: the token is an argument of a stage that is not part of the image. The worker runs as somebody else, with a folder of its own.
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
USER 10001
CMD ["web", "worker"]
EOF
cat >build.sh <<'EOF'
#!/bin/bash
set -euo pipefail
cd /srv/worker
docker build --quiet --add-host internal-api:host-gateway \
  --build-arg "VERSION=$1" --build-arg "TOKEN=$(cat "${BUILD_TOKEN_FILE:-/srv/secrets/build-token}")" \
  --tag "shop/worker:$1" .
EOF
/srv/internal-api/rotate build-token
/srv/internal-api/rotate orders-password
./build.sh 2.0
install -d -m 500 -o 10001 /srv/secrets/worker
install -m 400 -o 10001 /srv/secrets/orders-password /srv/secrets/worker/password
docker compose down
docker run -d --name worker --label lab.role=worker --restart unless-stopped --read-only -p 8080:80 --add-host internal-api:host-gateway \
  -e ORDERS_PASSWORD_FILE=/secrets/password -v /srv/secrets/worker:/secrets:ro shop/worker:2.0
repository=http://registry.lab:5000/v2/shop/worker
digest=$(curl -s -I -H 'Accept: application/vnd.docker.distribution.manifest.v2+json' $repository/manifests/1.0 |
  tr -d '\r' | awk 'tolower($1) == "docker-content-digest:" {print $2}')
curl -s -X DELETE "$repository/manifests/$digest"
docker-registry garbage-collect /etc/docker/registry/config.yml >/dev/null
docker rmi shop/worker:1.0 registry.lab:5000/shop/worker:1.0
