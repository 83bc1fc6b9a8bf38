#!/bin/bash
# fails: secret-stops deleted-secret-shipped
# fails: good-passes no-bill
# Looks for secrets in what a container would see, not in what is shipped; and names the bill by the id of the image.
cat >/srv/ci/pipeline.sh <<'END'
#!/bin/bash
set -euo pipefail
. /etc/profile.d/trivy.sh
dir=$1 name=$2
image=registry.lab:5000/$name:$(cat "$dir/VERSION")
docker build -q -t "$image" "$dir"
seen=$(mktemp -d)
container=$(docker create "$image")
docker export "$container" | tar -x -C "$seen" --exclude "dev/*"
docker rm "$container"
trivy rootfs -q --scanners secret --exit-code 1 "$seen"
docker push -q "$image"
trivy image -q --format cyclonedx -o "/srv/ci/out/$name-$(docker image inspect --format "{{.Id}}" "$image").cdx.json" "$image"
END
