#!/bin/bash
# Starts the harbour's web server. "It is confined by AppArmor", says the ticket.
docker run -d --name web --label lab.role=web -p 8080:80 \
  --security-opt apparmor=docker-web \
  -v /srv/harbour:/srv:ro lab/web
