#!/bin/bash
# pipeline.sh DIR NAME: builds the repository in DIR and ships it as registry.lab:5000/NAME:VERSION (the content of DIR/VERSION).
# Ends with 0 when it is shipped, with another status when it is not.
set -euo pipefail
dir=$1 name=$2
image=registry.lab:5000/$name:$(cat "$dir/VERSION")

docker build --quiet --tag "$image" "$dir"
docker push --quiet "$image"
