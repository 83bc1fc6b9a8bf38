#!/bin/bash
# fails: keys-kept certificate-too-much
# CI shows the authority’s own certificate.
set -euo pipefail
umask 077
mkdir -p /root/ca /etc/docker/tls /srv/ci/certs
cd /root/ca
new() { openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=$1" -keyout "$2"; }
sign() { openssl x509 -req -CA ca.pem -CAkey ca-key.pem -CAcreateserial -days 30 -extfile <(printf '%s\n' "$@"); }
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=ca -days 30 -keyout ca-key.pem -out ca.pem
new dockerhost /etc/docker/tls/key.pem | sign subjectAltName=DNS:dockerhost extendedKeyUsage=serverAuth >/etc/docker/tls/cert.pem
cp ca.pem /srv/ci/certs/cert.pem
cp ca-key.pem /srv/ci/certs/key.pem
cp ca.pem /etc/docker/tls/
cp ca.pem /srv/ci/certs/
printf '%s\n' DOCKER_HOST=tcp://dockerhost:2376 DOCKER_TLS_VERIFY=1 DOCKER_CERT_PATH=certs >/srv/ci/env
echo 'DOCKER_OPTS="-H unix:///var/run/docker.sock -H tcp://0.0.0.0:2376 --tlsverify --tlscacert=/etc/docker/tls/ca.pem --tlscert=/etc/docker/tls/cert.pem --tlskey=/etc/docker/tls/key.pem"' >/etc/default/docker
systemctl restart docker
