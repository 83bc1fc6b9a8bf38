#!/bin/bash
# Without cosign: a signature is a file in the registry, and openssl can verify it.
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
ask() { curl -sf --user "$(cat registry-cred)" "$@"; }
registry=http://registry.lab:5000/v2/shop/web
accept='Accept: application/vnd.docker.distribution.manifest.v2+json, application/vnd.oci.image.manifest.v1+json'
tag=${reference##*:}
[[ $reference == *@sha256:* ]] && tag=sha256:$tag
digest=sha256:$(ask -H "$accept" "$registry/manifests/$tag" | sha256sum | cut -d ' ' -f 1)
verified=no
work=$(mktemp -d)
while read -r layer signature; do
  ask "$registry/blobs/$layer" >"$work/payload"
  base64 -d <<<"$signature" >"$work/signature"
  openssl dgst -sha256 -verify /root/keys/release.pub -signature "$work/signature" "$work/payload" || continue
  [ "$(jq -r '.critical.image["docker-manifest-digest"]' "$work/payload")" = "$digest" ] && verified=yes
done < <(ask -H "$accept" "$registry/manifests/${digest/:/-}.sig" | jq -r '.layers[] | .digest + " " + .annotations["dev.cosignproject.cosign/signature"]')
[ $verified = yes ] || { echo "$reference is not signed by the release team" >&2; exit 1; }
RELEASE=registry.lab:5000/shop/web@$digest docker compose up --detach --pull always --quiet-pull
END
/srv/shop/deploy.sh
