#!/bin/bash
# The profile forbids the web server to read /srv/keys. No kernel has ever heard of the profile.
curl --silent --show-error --max-time 5 --path-as-is 'http://dockerhost:8080/../keys/signing.key'
