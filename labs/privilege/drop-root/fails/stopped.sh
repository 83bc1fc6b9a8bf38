#!/bin/bash
# fails: image-user role-missing
# fails: process-user role-missing
# fails: code-protected role-missing
# fails: host-safe role-missing
# fails: no-helpers role-missing
# fails: service-works role-missing
docker rm -f upload
