#!/bin/bash
# fails: still-monitors data-not-measured
# Nothing of the host, and no measurement either.

docker rm --force node-agent
docker run -d --name node-agent --label lab.role=agent -p 9100:9100 lab/agent
