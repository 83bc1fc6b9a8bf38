#!/bin/bash
# The Dockerfile is looked at before anything is built, the image as a tar file before anything is pushed.
set -euo pipefail
cat >/srv/ci/pipeline.sh <<'END'
#!/bin/bash
. /etc/profile.d/trivy.sh
dir=$1 name=$2 version=$(cat "$1/VERSION")
image=registry.lab:5000/$name:$version
tar=$(mktemp)
trap 'rm -f "$tar"' EXIT
touch "$dir/.trivyignore"
if grep -v 'exp:20' "$dir/.trivyignore"; then echo 'an exception needs a last day'; exit 1; fi
trivy config --quiet --severity HIGH,CRITICAL --exit-code 1 "$dir" &&
  docker build --quiet --tag "$image" "$dir" &&
  docker save --output "$tar" "$image" &&
  trivy image --quiet --input "$tar" --scanners vuln,secret --image-config-scanners secret --severity HIGH,CRITICAL --ignore-unfixed \
    --ignorefile "$dir/.trivyignore" --exit-code 1 &&
  docker push --quiet "$image" || exit 1
digest=$(curl -sI -H 'Accept: application/vnd.docker.distribution.manifest.v2+json' "http://registry.lab:5000/v2/$name/manifests/$version" | tr -d '\r' | sed -n 's/^Docker-Content-Digest: sha256://Ip')
trivy image --quiet --input "$tar" --format cyclonedx --output "/srv/ci/out/$name-$digest.cdx.json"
END
