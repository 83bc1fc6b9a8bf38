#!/bin/bash
# fails: update-bot bot-off
# Dependabot for Dockerfiles does not read Compose files.
set -euo pipefail
mkdir -p /srv/harbour/.github
cat >/srv/harbour/.github/dependabot.yml <<'END'
version: 2
updates:
  - package-ecosystem: docker
    directory: /
    schedule: { interval: weekly }
END
