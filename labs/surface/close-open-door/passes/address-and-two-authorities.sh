#!/bin/bash
# By address instead of name, on a port of our own, an authority for each side, and their keys leave the host.
set -euo pipefail
umask 077
address=$(ip -4 -o address show dev eth0 | awk '{ sub("/.*", "", $4); print $4 }')
mkdir -p /etc/docker/tls
cd /etc/docker/tls
for side in servers clients; do
  openssl req -x509 -newkey ed25519 -nodes -subj "/CN=$side of the harbour" -keyout $side-ca-key.pem -out $side-ca.pem -days 30
done
openssl req -newkey ed25519 -nodes -subj /CN=docker -keyout key.pem |
  openssl x509 -req -CA servers-ca.pem -CAkey servers-ca-key.pem -days 30 -out cert.pem -extfile <(printf '%s\n' "subjectAltName=IP:$address" extendedKeyUsage=serverAuth)
openssl req -newkey ed25519 -nodes -subj /CN=ci -keyout /srv/ci/key.pem |
  openssl x509 -req -CA clients-ca.pem -CAkey clients-ca-key.pem -days 30 -out /srv/ci/cert.pem -extfile <(echo extendedKeyUsage=clientAuth)
mv servers-ca.pem /srv/ci/ca.pem
shred --remove servers-ca-key.pem clients-ca-key.pem
printf '%s\n' "DOCKER_HOST=tcp://$address:4243" DOCKER_TLS_VERIFY=1 DOCKER_CERT_PATH=. >/srv/ci/env
echo 'DOCKER_OPTS=""' >/etc/default/docker
cat >/etc/docker/daemon.json <<END
{
  "hosts": ["unix:///var/run/docker.sock", "tcp://$address:4243"],
  "tlsverify": true,
  "tlscacert": "/etc/docker/tls/clients-ca.pem",
  "tlscert": "/etc/docker/tls/cert.pem",
  "tlskey": "/etc/docker/tls/key.pem"
}
END
systemctl restart docker
