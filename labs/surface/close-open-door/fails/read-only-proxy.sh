#!/bin/bash
# fails: no-open-api door-open
# It lets nobody change anything, but shows everybody what runs and with which secrets.
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
echo 'DOCKER_OPTS="-H unix:///var/run/docker.sock -H tcp://0.0.0.0:2376 --tlsverify --tlscacert=/etc/docker/tls/ca.pem --tlscert=/etc/docker/tls/cert.pem --tlskey=/etc/docker/tls/key.pem"' >/etc/default/docker
systemctl restart docker
cat >/root/reader <<'END'
#!/bin/bash
read -r method path _
[ "$method" = GET ] || { printf 'HTTP/1.0 403 Forbidden\r\n\r\n'; exit; }
printf 'HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\n'
exec curl --silent --unix-socket /var/run/docker.sock "http://docker$path"
END
chmod 700 /root/reader
setsid socat TCP-LISTEN:4243,reuseaddr,fork EXEC:/root/reader </dev/null >/dev/null 2>&1 &
for _ in {1..100}; do ss -ltn | grep -q :4243 && break; sleep 0.1; done
