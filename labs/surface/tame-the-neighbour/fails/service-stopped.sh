#!/bin/bash
# fails: memory-limit role-missing
# fails: both-services role-missing
# Silence is not hardening.
docker stop thumbs
