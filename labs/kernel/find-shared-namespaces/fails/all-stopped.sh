#!/bin/bash
# fails: own-pid role-missing
# fails: own-net role-missing
# fails: own-ipc role-missing
# fails: own-uts role-missing
# fails: own-mnt role-missing
set -euo pipefail
docker ps -qf label=lab.role | xargs docker rm -f
