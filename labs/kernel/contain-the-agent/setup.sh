#!/bin/bash
set -euo pipefail
bash /srv/agent/start.sh
