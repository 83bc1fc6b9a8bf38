#!/bin/bash
# fails: clair-report clair-refused
# Looks for words in the report, not for what belongs together.
cat >/srv/ci/clair-gate.sh <<'END'
#!/bin/bash
! grep -qE '"(High|Critical)"' "$1"
END
chmod 755 /srv/ci/clair-gate.sh
