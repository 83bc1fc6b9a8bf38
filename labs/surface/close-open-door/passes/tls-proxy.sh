#!/bin/bash
# dockerd keeps to its socket; a proxy in front of it asks for certificates, and runit keeps it up.
set -euo pipefail
umask 077
mkdir -p /root/ca /etc/docker/tls /srv/ci/certs
cd /root/ca
new() { openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=$1" -keyout "$2"; }
sign() { openssl x509 -req -CA ca.pem -CAkey ca-key.pem -CAcreateserial -days 30 -extfile <(printf '%s\n' "$@"); }
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=ca -days 30 -keyout ca-key.pem -out ca.pem
new dockerhost /etc/docker/tls/key.pem | sign subjectAltName=DNS:dockerhost extendedKeyUsage=serverAuth >/etc/docker/tls/cert.pem
new ci /srv/ci/certs/key.pem | sign extendedKeyUsage=clientAuth >/srv/ci/certs/cert.pem
cp ca.pem /etc/docker/tls/
cp ca.pem /srv/ci/certs/
printf '%s\n' DOCKER_HOST=tcp://dockerhost:2376 DOCKER_TLS_VERIFY=1 DOCKER_CERT_PATH=certs >/srv/ci/env
echo 'DOCKER_OPTS=""' >/etc/default/docker
systemctl restart docker
mkdir /etc/sv/door
cat >/etc/sv/door/run <<'END'
#!/bin/sh
exec socat OPENSSL-LISTEN:2376,reuseaddr,fork,verify=1,cafile=/etc/docker/tls/ca.pem,cert=/etc/docker/tls/cert.pem,key=/etc/docker/tls/key.pem UNIX-CONNECT:/var/run/docker.sock
END
chmod 755 /etc/sv/door /etc/sv/door/run
ln -s /etc/sv/door /etc/service/door
for _ in {1..100}; do ss -ltn | grep -q :2376 && break; sleep 0.1; done
