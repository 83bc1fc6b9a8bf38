#!/bin/sh
# How the service was started.
docker run -d --name upload --label lab.role=upload -p 8080:80 -v /srv/uploads:/app/uploads upload:1
