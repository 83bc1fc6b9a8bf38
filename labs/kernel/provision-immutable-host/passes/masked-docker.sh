#!/bin/bash
# Podman only: docker.service is masked; reboots are granted by a lock server.
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
          "compression": "gzip",
          "source": "data:;base64,H4sIAAAAAAACA6tWUMrL181LLdctKMosy8xJTU8tVrJSKCkqTdVRUMrJLEvVLUotLskvSoWKKtQCAPhww2UzAAAA"
        }
      },
      {
        "path": "/etc/zincati/config.d/55-updates-strategy.toml",
        "mode": 420,
        "contents": {
          "source": "data:,%5Bupdates%5D%0Astrategy%20%3D%20%22fleet_lock%22%0A%5Bupdates.fleet_lock%5D%0Abase_url%20%3D%20%22http%3A%2F%2Ffleetlock.harbour.example%2F%22%0A"
        }
      }
    ]
  },
  "systemd": {
    "units": [
      {
        "name": "docker.service",
        "mask": true
      }
    ]
  },
  "kernelArguments": {
    "shouldNotExist": [
      "mitigations=auto,nosmt"
    ],
    "shouldExist": [
      "systemd.unified_cgroup_hierarchy=1"
    ]
  }
}
END
cat > user-data.toml <<'END'
settings.motd = "harbour"
settings.kernel.lockdown = "confidentiality"
settings.kernel.sysctl."user.max_user_namespaces" = "0"
settings.updates.version-lock = "latest"
settings.host-containers = { admin = { enabled = false, superpowered = true }, control = { enabled = false, superpowered = false } }
END
docker rm -f petbox
docker run -d --name petbox --label lab.role=pet -p 8090:80 -v /srv/petbox/data:/data:ro -v /srv/petbox/backup.key:/run/secrets/backup.key:ro --read-only --tmpfs /var/spool/backup --tmpfs /tmp --security-opt no-new-privileges lab/petbox
