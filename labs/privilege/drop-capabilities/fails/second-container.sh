#!/bin/bash
# fails: minimal-capabilities role-twice
# fails: service-works role-twice
docker run -d --name proxy2 --label lab.role=proxy -p 8082:80 --user 33:2001 --cap-drop ALL --security-opt no-new-privileges -v /srv/tenants:/t:ro proxy:1
