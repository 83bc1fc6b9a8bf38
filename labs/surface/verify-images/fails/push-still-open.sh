#!/bin/bash
# fails: authenticated-push push-open
# Everything but the registry’s own door.
set -euo pipefail
name=anybody password=anything
signed=$(curl -s -u "$name:$password" http://registry.lab:5000/v2/shop/web/tags/list | jq -r '.tags[]' | sed -n 's/^sha256-\(.*\)\.sig$/sha256:\1/p')
echo "registry.lab:5000/shop/web@$signed" >/srv/shop/release
cat >/srv/shop/deploy.sh <<'END'
#!/bin/bash
set -euo pipefail
cd /srv/shop
reference=${1:-$(cat release)}
digest=$(cosign verify --key /root/keys/release.pub --insecure-ignore-tlog=true --allow-insecure-registry --output json "$reference" | jq -er '.[0].critical.image["docker-manifest-digest"]')
RELEASE=registry.lab:5000/shop/web@$digest docker compose up --detach --pull always --quiet-pull
END
/srv/shop/deploy.sh
