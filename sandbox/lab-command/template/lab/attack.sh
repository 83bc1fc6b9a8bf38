#!/bin/bash
curl --silent --max-time 5 http://dockerhost:8080/flag.txt
