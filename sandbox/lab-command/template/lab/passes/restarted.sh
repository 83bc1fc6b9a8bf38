#!/bin/bash
# Write here another right way; each must pass. This one only restarts the container, so `verify` refuses it.
docker restart web
