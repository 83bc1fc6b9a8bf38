#!/bin/bash
# fails: coreos-secure updates-off
# fails: bottlerocket-secure privileged-tasks
# A window too short for any update; a capability for all containers instead of privileged ones.
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
          "source": "data:,%5Bupdates%5D%0Astrategy%20%3D%20%22periodic%22%0A%5B%5Bupdates.periodic.window%5D%5D%0Adays%20%3D%20%5B%20%22Sun%22%20%5D%0Astart_time%20%3D%20%2203%3A00%22%0Alength_minutes%20%3D%201%0A"
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
enabled = false

[settings.ecs]
cluster = "harbour"

[settings.oci-defaults.capabilities]
sys-admin = true
END
