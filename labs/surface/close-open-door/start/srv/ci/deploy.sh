#!/bin/sh
# The CI job. Before each run the CI machine copies this folder to itself, changes into it and runs this script there.
set -eu
cd "$(dirname "$0")"
set -a
. ./env
set +a
docker version --format 'talking to Docker {{.Server.Version}}'
docker run --rm --label lab.job=deploy lab/bb echo 'deployed'
