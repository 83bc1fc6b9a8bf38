#!/bin/bash
# fails: shop-updated still-old
# The new ejs is copied into the running container, and is gone with it.
set -euo pipefail
docker create --name new registry.lab:5000/harbour/shop:1.2.1
docker cp new:/app - | docker cp - shop:/
docker rm new
docker restart -t 1 shop
