#!/bin/bash
# internal-api, and another team's image in the registry, which has to stay there. The leaky image is built for each session: its secrets are the session's.
set -euo pipefail
for ingredient in app registry trivy; do "ingredients/$ingredient/install.sh"; done

docker build --quiet --tag lab/internal-api internal-api
docker build --quiet --tag registry.lab:5000/shop/web:1.0 web
docker push --quiet registry.lab:5000/shop/web:1.0
docker rmi registry.lab:5000/shop/web:1.0 >/dev/null
