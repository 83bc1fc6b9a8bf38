#!/bin/bash
# fails: image-user image-runs-as-root
# fails: process-user process-is-root
# fails: no-helpers setuid-helper
# The Dockerfile is right, nothing was built.
sed -i -e '/maint/d' -e 's/^CMD/USER appuser\n&/' /srv/upload/Dockerfile
