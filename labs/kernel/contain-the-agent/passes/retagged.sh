#!/bin/bash
# The same image under a name of one's own registry, without the label: the role is recognised by image and port.
docker rm --force node-agent
docker tag lab/agent registry.example/monitoring/agent:3.2
docker run -d --name monitoring -v /srv/data:/rootfs/srv/data:ro -p 0.0.0.0:9100:9100 registry.example/monitoring/agent:3.2
