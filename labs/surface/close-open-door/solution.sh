#!/bin/bash
set -euo pipefail

# A certificate authority of our own. Its key stays with root and is not needed for daily work.
umask 077
mkdir -p /root/ca /etc/docker/tls /srv/ci/certs
cd /root/ca
new_key() { openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$1"; }
new_key ca-key.pem
openssl req -x509 -new -key ca-key.pem -subj '/CN=harbour CA' -days 365 -out ca.pem

# The server's certificate: for the name that CI asks for.
new_key server-key.pem
openssl req -new -key server-key.pem -subj '/CN=dockerhost' |
  openssl x509 -req -CA ca.pem -CAkey ca-key.pem -CAcreateserial -days 90 -out server-cert.pem \
    -extfile <(printf '%s\n' 'subjectAltName=DNS:dockerhost' 'extendedKeyUsage=serverAuth' 'basicConstraints=critical,CA:FALSE')

# CI's certificate: good for a client and nothing else.
new_key client-key.pem
openssl req -new -key client-key.pem -subj '/CN=ci' |
  openssl x509 -req -CA ca.pem -CAkey ca-key.pem -CAcreateserial -days 90 -out client-cert.pem \
    -extfile <(printf '%s\n' 'extendedKeyUsage=clientAuth' 'basicConstraints=critical,CA:FALSE')

cp ca.pem server-cert.pem server-key.pem /etc/docker/tls/
cp ca.pem /srv/ci/certs/ca.pem
mv client-cert.pem /srv/ci/certs/cert.pem
mv client-key.pem /srv/ci/certs/key.pem
rm server-key.pem

cat >/srv/ci/env <<'END'
DOCKER_HOST=tcp://dockerhost:2376
DOCKER_TLS_VERIFY=1
DOCKER_CERT_PATH=certs
END

# -H has to go from the start options: hosts may be said in one place only.
echo 'DOCKER_OPTS=""' >/etc/default/docker
umask 022
cat >/etc/docker/daemon.json <<'END'
{
  "hosts": ["unix:///var/run/docker.sock", "tcp://0.0.0.0:2376"],
  "tlsverify": true,
  "tlscacert": "/etc/docker/tls/ca.pem",
  "tlscert": "/etc/docker/tls/server-cert.pem",
  "tlskey": "/etc/docker/tls/server-key.pem"
}
END
systemctl restart docker
/srv/ci/deploy.sh
