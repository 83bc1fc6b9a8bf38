#!/bin/bash
# fails: coreos-secure daemon-json
# fails: bottlerocket-secure user-data-invalid
# The right content in another language.
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
      }
    ]
  },
  "storage": {
    "files": [
      {
        "path": "/etc/docker/daemon.json",
        "mode": 420,
        "contents": {
          "source": "data:,userns-remap%3A%20default%0Ano-new-privileges%3A%20true%0A"
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
settings:
  kernel:
    lockdown: integrity
END
