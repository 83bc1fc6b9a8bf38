#!/bin/bash
# fails: root-stops root-user-shipped
# The Dockerfile has a USER line. It is not the last one.
cat >/srv/ci/pipeline.sh <<'END'
#!/bin/bash
set -euo pipefail
. /etc/profile.d/trivy.sh
dir=$1 name=$2
image=registry.lab:5000/$name:$(cat "$dir/VERSION")
grep -q "^USER 10001" "$dir/Dockerfile"
docker build -q -t "$image" "$dir"
docker push -q "$image"
END
