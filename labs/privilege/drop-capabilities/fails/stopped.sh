#!/bin/bash
# fails: minimal-capabilities role-missing
# fails: tenants-apart role-missing
# fails: no-raw-network role-missing
# fails: no-new-rights role-missing
# fails: service-works role-missing
docker rm -f proxy
