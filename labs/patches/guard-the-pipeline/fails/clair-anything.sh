#!/bin/bash
# fails: clair-report clair-nonsense
# No report, no vulnerability.
cat >/srv/ci/clair-gate.sh <<'END'
#!/bin/bash
[ "$(jq '[.vulnerabilities[]? | select(.normalized_severity == "High" or .normalized_severity == "Critical") | select(.fixed_in_version != "")] | length' "$1")" = 0 ]
END
chmod 755 /srv/ci/clair-gate.sh
