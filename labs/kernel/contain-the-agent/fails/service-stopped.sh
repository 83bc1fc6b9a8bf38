#!/bin/bash
# fails: not-privileged role-missing
# fails: own-pid-namespace role-missing
# fails: no-host-root role-missing
# fails: own-network role-missing
# fails: still-monitors role-missing

docker stop --time 1 node-agent
