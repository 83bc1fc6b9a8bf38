#!/bin/sh
# The page for /: index.html of the page folder, or else the service's name.
printf 'Content-Type: text/html; charset=utf-8\r\n\r\n'
[ ! -r /www/index.html ] || exec cat /www/index.html
name=$(echo "$APP_NAME" | sed 's/&/\&amp;/g; s/</\&lt;/g')
echo "<!doctype html><title>$name</title><h1>$name</h1>"
