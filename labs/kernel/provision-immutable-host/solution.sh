#!/bin/bash
set -euo pipefail
cd /root/host

cat > daemon.json <<'END'
{
  "userns-remap": "default",
  "no-new-privileges": true
}
END
cat > updates.toml <<'END'
[updates]
strategy = "periodic"

[[updates.periodic.window]]
days = ["Sat", "Sun"]
start_time = "03:00"
length_minutes = 120
END
cat > config.ign <<END
{
  "ignition": { "version": "3.3.0" },
  "passwd": {
    "users": [
      { "name": "core", "sshAuthorizedKeys": ["$(sed -n 's/^ *- ssh-/ssh-/p' legacy-user-data.yaml)"] }
    ]
  },
  "storage": {
    "files": [
      { "path": "/etc/docker/daemon.json", "mode": 420, "contents": { "source": "data:;base64,$(base64 -w0 daemon.json)" } },
      { "path": "/etc/zincati/config.d/55-updates-strategy.toml", "mode": 420, "contents": { "source": "data:;base64,$(base64 -w0 updates.toml)" } }
    ]
  }
}
END
ignition-validate config.ign

cat > user-data.toml <<'END'
[settings.kernel]
lockdown = "integrity"

[settings.host-containers.admin]
enabled = false

[settings.ecs]
cluster = "harbour"
allow-privileged-containers = false
END
check-user-data user-data.toml

docker rm -f petbox
docker run -d --name petbox --label lab.role=pet -p 8090:80 --read-only --tmpfs /var/spool/backup \
  -v /srv/petbox/data:/data:ro -v /srv/petbox/backup.key:/run/secrets/backup.key:ro lab/petbox
