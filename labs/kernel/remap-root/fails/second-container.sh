#!/bin/bash
# fails: remap role-twice
# fails: setuid-dead role-twice
# A clean container stands beside the one that does the work.
docker run -d --name clean --label lab.role=erp --user 100000 lab/bb sleep 100000
