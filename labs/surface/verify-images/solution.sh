#!/bin/bash
set -euo pipefail

# The registry asks for a name and a password.
IFS=: read -r name password </srv/shop/registry-cred
htpasswd -Bbn "$name" "$password" >/etc/docker/registry/htpasswd
chown root:docker-registry /etc/docker/registry/htpasswd
chmod 640 /etc/docker/registry/htpasswd
cat >>/etc/docker/registry/config.yml <<'END'
auth:
  htpasswd:
    realm: registry
    path: /etc/docker/registry/htpasswd
END
systemctl restart registry
until curl --silent --fail --user "$name:$password" --output /dev/null http://registry.lab:5000/v2/; do sleep 0.1; done
docker login --username "$name" --password-stdin registry.lab:5000 <<<"$password"

# Verify first; from then on only the digest counts.
cat >/srv/shop/deploy.sh <<'END'
#!/bin/bash
# deploy.sh [REFERENCE]: runs a release of the shop, e.g. registry.lab:5000/shop/web:1.4; without an argument the one named in the file "release".
# Deploys only what the release key has signed. Ends with 0 when it runs.
set -euo pipefail
cd /srv/shop
reference=${1:-$(cat release)}
verified=$(cosign verify --key /root/keys/release.pub --insecure-ignore-tlog=true --allow-insecure-registry --output json "$reference")
digest=$(jq --exit-status --raw-output '.[0].critical.image["docker-manifest-digest"]' <<<"$verified")
export RELEASE=registry.lab:5000/shop/web@$digest
docker compose up --detach --pull always --quiet-pull
END

# The tag was overwritten; the signature still says which content was released.
tags=$(curl --silent --user "$name:$password" http://registry.lab:5000/v2/shop/web/tags/list | jq --raw-output '.tags[]')
signed=$(sed -n 's/^sha256-\(.*\)\.sig$/sha256:\1/p' <<<"$tags")
echo "registry.lab:5000/shop/web@$signed" >/srv/shop/release
/srv/shop/deploy.sh
