#!/bin/bash
# fails: remap role-missing
# fails: data-kept role-missing
# fails: no-opt-outs role-missing
docker rm -f erp desk
