#!/bin/bash
# fails: filter-active role-twice
# fails: renders-filtered role-twice
docker run -d --name render2 --label lab.role=render --network none -v /srv/render:/jobs lab/render
