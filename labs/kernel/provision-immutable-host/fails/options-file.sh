#!/bin/bash
# fails: coreos-secure docker-reachable
# An address without tcp:// is TCP to dockerd as well.
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
          "source": "data:,%7B%22userns-remap%22%3A%22default%22%2C%22no-new-privileges%22%3Atrue%7D"
        }
      },
      {
        "path": "/etc/zincati/config.d/55-updates-strategy.toml",
        "mode": 420,
        "contents": {
          "source": "data:,%5Bupdates%5D%0Astrategy%20%3D%20%22immediate%22%0A"
        }
      },
      {
        "path": "/etc/sysconfig/docker",
        "mode": 420,
        "overwrite": true,
        "contents": {
          "source": "data:,OPTIONS%3D%22-H%20fd%3A%2F%2F%20-H%200.0.0.0%3A2375%22%0A"
        }
      }
    ]
  }
}
END
