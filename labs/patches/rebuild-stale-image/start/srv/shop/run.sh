#!/bin/bash
# Starts the shop. Orders are in the volume shopdata.
docker run -d --name shop --label lab.role=shop -p 8080:80 -v shopdata:/data -v /srv/shop-secret:/app/secret:ro shop/web:1.0
