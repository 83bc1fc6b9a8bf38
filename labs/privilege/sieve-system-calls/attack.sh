#!/bin/bash
# A job that becomes root of a user namespace of its own and then shows itself at the desk.
curl --silent --max-time 8 --data-binary 'unshare -U -r ask /jobs/desk.sock < /dev/null' http://dockerhost:8080/cgi-bin/job
