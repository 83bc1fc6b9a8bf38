#!/bin/bash
# Installs Trivy and the course's vulnerability database for it, and makes the settings that it needs without a network the usual ones here.
set -euo pipefail
cd "$(dirname "$0")"

# The program comes packed and would unpack itself at every start, which takes seconds. The packer is needed here only.
mkdir unpack
for deb in debs/*.deb; do dpkg-deb --extract "$deb" unpack; done
cp npm/trivy/trivy-cdxgen-linux-a??64 trivy
chmod 755 trivy
unpack/usr/bin/upx-ucl -qqq -d trivy

install -D --mode=755 --target-directory=/opt/trivy/bin trivy
ln --symbolic --force /opt/trivy/bin/trivy /usr/local/bin/trivy

# Trivy opens its database for writing, also when it only reads; its cache is for whoever runs it.
install -D --mode=666 --target-directory=/opt/trivy/db db/trivy.db db/metadata.json
install --mode=644 known-exploited.json /opt/trivy/
mkdir -p /opt/trivy/fanal
chmod 1777 /opt/trivy/fanal

install --mode=644 settings.sh /etc/profile.d/trivy.sh
grep -q trivy /etc/bash.bashrc || echo '. /etc/profile.d/trivy.sh' >>/etc/bash.bashrc
/opt/trivy/bin/trivy --cache-dir /opt/trivy version
