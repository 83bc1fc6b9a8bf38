#!/bin/bash
# fails: small-image role-missing
# fails: no-tools role-missing
# fails: few-packages role-missing
# fails: not-root role-missing
# fails: attack-blunt role-missing
# fails: service-works role-missing
docker rm -f report
