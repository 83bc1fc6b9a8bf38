#!/bin/bash
# As in Docker’s own guide: RSA, and everything as start options.
set -euo pipefail
umask 077
mkdir -p /root/.docker /srv/ci/certs
cd /root/.docker
openssl genrsa -out ca-key.pem 2048
openssl req -new -x509 -days 365 -key ca-key.pem -sha256 -subj '/CN=harbour' -out ca.pem
openssl genrsa -out server-key.pem 2048
openssl req -subj '/CN=dockerhost' -sha256 -new -key server-key.pem -out server.csr
echo subjectAltName=DNS:dockerhost,IP:127.0.0.1 >extfile.cnf
echo extendedKeyUsage=serverAuth >>extfile.cnf
openssl x509 -req -days 365 -sha256 -in server.csr -CA ca.pem -CAkey ca-key.pem -CAcreateserial -out server-cert.pem -extfile extfile.cnf
openssl genrsa -out /srv/ci/certs/key.pem 2048
openssl req -subj '/CN=client' -new -key /srv/ci/certs/key.pem -out client.csr
echo extendedKeyUsage=clientAuth >extfile-client.cnf
openssl x509 -req -days 365 -sha256 -in client.csr -CA ca.pem -CAkey ca-key.pem -CAcreateserial -out /srv/ci/certs/cert.pem -extfile extfile-client.cnf
cp ca.pem /srv/ci/certs/
chmod -v 0400 ca-key.pem server-key.pem /srv/ci/certs/key.pem
chmod -v 0444 ca.pem server-cert.pem /srv/ci/certs/cert.pem
cat >/etc/default/docker <<'END'
DOCKER_OPTS="-H unix:///var/run/docker.sock -H tcp://0.0.0.0:2376 --tlsverify --tlscacert=/root/.docker/ca.pem --tlscert=/root/.docker/server-cert.pem --tlskey=/root/.docker/server-key.pem"
END
cat >/srv/ci/env <<'END'
export DOCKER_HOST="tcp://dockerhost:2376"
export DOCKER_TLS_VERIFY="1"
export DOCKER_CERT_PATH="/srv/ci/certs"
END
systemctl restart docker
