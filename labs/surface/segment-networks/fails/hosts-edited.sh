#!/bin/bash
# fails: blog-isolated blog-reaches
# The blog can no longer look the others up; it never had to.
set -euo pipefail
docker exec blog sh -c 'for name in kv api admin; do echo "127.0.0.1 $name" >>/etc/hosts; done'
