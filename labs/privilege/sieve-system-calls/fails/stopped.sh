#!/bin/bash
# fails: filter-active role-missing
# fails: dangerous-calls role-missing
# fails: no-network-sockets role-missing
# fails: default-deny role-missing
# fails: renders-filtered role-missing
docker rm -f render
