#!/bin/bash
# The spool outlives the container in a volume, a second user deploys with a key.
set -euo pipefail
cd /root/host
cat > config.ign <<'END'
{
  "ignition": {
    "version": "3.3.0"
  },
  "passwd": {
    "users": [
      {
        "name": "core",
        "sshAuthorizedKeys": [
          "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHh9dPqRkZk4x1n0v3JmQbL8sT2fYcW7uKpE6aGdVrNz ops@harbour"
        ]
      },
      {
        "name": "deploy",
        "groups": [
          "docker"
        ],
        "sshAuthorizedKeys": [
          "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHh9dPqRkZk4x1n0v3JmQbL8sT2fYcW7uKpE6aGdVrNz ops@harbour"
        ]
      }
    ]
  },
  "storage": {
    "files": [
      {
        "path": "/etc/docker/daemon.json",
        "mode": 420,
        "contents": {
          "source": "data:,%7B%22userns-remap%22%3A%22default%22%2C%22no-new-privileges%22%3Atrue%7D"
        }
      },
      {
        "path": "/etc/zincati/config.d/90-local.toml",
        "mode": 420,
        "contents": {
          "source": "data:,%5Bupdates%5D%0Astrategy%20%3D%20%22immediate%22%0A"
        }
      }
    ]
  },
  "systemd": {
    "units": [
      {
        "name": "docker.socket",
        "dropins": [
          {
            "name": "10-group.conf",
            "contents": "[Socket]\n# not: ListenStream=0.0.0.0:2375, not: tcp://\nListenStream=\nListenStream=/run/docker.sock\n"
          }
        ]
      }
    ]
  }
}
END
cat > user-data.toml <<'END'
[settings.kernel]
lockdown = "integrity"

[settings.host-containers.admin]
enabled = false

[settings.ecs]
cluster = "harbour"

[settings.oci-defaults.capabilities]
net-raw = false
mknod = false

[settings.oci-defaults.resource-limits.max-open-files]
soft-limit = 1024
hard-limit = "unlimited"
END
docker rm -f petbox
docker run -d --name petbox --label lab.role=pet -p 8090:80 -v /srv/petbox/data:/data:ro -v /srv/petbox/backup.key:/run/secrets/backup.key:ro --read-only -v spool:/var/spool/backup lab/petbox
