#!/bin/bash
# The tag is put right again, and deploy.sh asks once where a tag points before it verifies.
set -euo pipefail
IFS=: read -r name password </srv/shop/registry-cred
htpasswd -Bbn "$name" "$password" >/etc/docker/registry/htpasswd
chmod 644 /etc/docker/registry/htpasswd
printf '%s\n' 'auth:' '  htpasswd:' '    realm: registry' '    path: /etc/docker/registry/htpasswd' >>/etc/docker/registry/config.yml
systemctl restart registry
until curl -sf -u "$name:$password" -o /dev/null http://registry.lab:5000/v2/; do sleep 0.1; done
docker login -u "$name" -p "$password" registry.lab:5000
signed=$(curl -s -u "$name:$password" http://registry.lab:5000/v2/shop/web/tags/list | jq -r '.tags[]' | sed -n 's/^sha256-\(.*\)\.sig$/sha256:\1/p')
type=application/vnd.docker.distribution.manifest.v2+json
curl -s -u "$name:$password" -H "Accept: $type" "http://registry.lab:5000/v2/shop/web/manifests/$signed" >/root/manifest
curl -sf -u "$name:$password" -X PUT -H "Content-Type: $type" --data-binary @/root/manifest http://registry.lab:5000/v2/shop/web/manifests/1.4
cat >/srv/shop/deploy.sh <<'END'
#!/bin/bash
set -euo pipefail
cd /srv/shop
reference=${1:-$(cat release)}
case $reference in
  *@sha256:*) digest=${reference#*@} ;;
  *)
    digest=$(curl -sf --head -u "$(cat registry-cred)" -H 'Accept: application/vnd.docker.distribution.manifest.v2+json' \
      "http://registry.lab:5000/v2/shop/web/manifests/${reference##*:}" | tr -d '\r' | sed -n 's/^Docker-Content-Digest: //p')
    ;;
esac
cosign verify --key /root/keys/release.pub --insecure-ignore-tlog=true --allow-insecure-registry "registry.lab:5000/shop/web@$digest" >/dev/null
RELEASE=registry.lab:5000/shop/web:1.4@$digest docker compose up --detach --pull always --quiet-pull
END
/srv/shop/deploy.sh
