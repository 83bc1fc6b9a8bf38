#!/bin/bash
docker run --detach --name web --label lab.role=web --restart unless-stopped \
  -v /root/flag.txt:/www/flag.txt:ro \
  -p 8080:80 \
  lab/web
