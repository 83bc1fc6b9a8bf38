#!/bin/bash
# fails: flag-out-of-reach role-missing
# Switching the service off is no hardening.
docker rm --force web
