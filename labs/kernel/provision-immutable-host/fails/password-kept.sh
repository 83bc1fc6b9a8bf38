#!/bin/bash
# fails: coreos-secure password-login
# fails: bottlerocket-secure door-open
# The old ways in are kept, for emergencies.
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
        ],
        "passwordHash": "$y$j9T$abc$def"
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
        "path": "/etc/zincati/config.d/55-updates-strategy.toml",
        "mode": 420,
        "contents": {
          "source": "data:,%5Bupdates%5D%0Astrategy%20%3D%20%22immediate%22%0A"
        }
      }
    ]
  }
}
END
cat > user-data.toml <<'END'
[settings.kernel]
lockdown = "integrity"

[settings.host-containers.admin]
enabled = true

[settings.ecs]
cluster = "harbour"
END
