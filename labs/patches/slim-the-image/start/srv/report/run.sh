#!/bin/bash
# Starts the report service: run.sh [IMAGE]. The harbour office lays its reports into /srv/reports.
docker run -d --name report --label lab.role=report -p 8080:8080 \
  -v /srv/reports:/data:ro -v /srv/report-secret:/app/secret:ro "${1:-report:1.0}"
