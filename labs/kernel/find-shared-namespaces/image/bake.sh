#!/bin/bash
set -euo pipefail
/bake/ingredients/app/install.sh
