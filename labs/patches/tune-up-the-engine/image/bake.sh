#!/bin/bash
# A signed APT repository with a newer runc, its next edition, and the forgeries that an honest configuration refuses.
set -euo pipefail
ingredients/app/install.sh

printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d
chmod 755 /usr/sbin/policy-rc.d
# apt and not dpkg: Python has to be unpacked and configured in a certain order.
DEBIAN_FRONTEND=noninteractive apt-get install --yes -qq --no-install-recommends ./debs/upgrades/*.deb >/dev/null
rm /usr/sbin/policy-rc.d
# Nobody has set it up here yet, and there is no network where other packages could come from.
rm -rf /etc/apt/apt.conf.d/20auto-upgrades /etc/apt/sources.list /etc/apt/sources.list.d/* /var/lib/apt/lists/*
chmod 755 /etc/sv/daily/run /etc/sv/maintenance/run /srv/maintenance/cgi-bin/night /srv/shop/run.sh
ln -s /etc/sv/daily /etc/sv/maintenance /etc/service/
# It waits for setup.sh, which knows its port.
touch /etc/sv/maintenance/down

store=/usr/lib/schott/apt
mkdir -p "$store"/{debs,released,next,forged,unsigned,foreign}
for deb in debs/signer/*.deb; do dpkg-deb --extract "$deb" signer; done
sqop() { LD_LIBRARY_PATH=$(echo signer/usr/lib/*-linux-gnu) signer/usr/bin/sqop "$@"; }
sqop generate-key 'Kontor package archive <archive@kontor.lab>' >archive.key
sqop generate-key 'Kontor package archive <archive@kontor.lab>' >foreign.key
sqop extract-cert <archive.key >archive.asc

# The next edition is the same program with one line behind its end, so that everybody can tell which of the two runs.
cp debs/runc/runc_*.deb "$store/debs/"
released=$(echo "$store"/debs/runc_*.deb)
version=$(dpkg-deb --field "$released" Version)
dpkg-deb --raw-extract "$released" next
echo 'edition lab2' >>next/usr/sbin/runc
sed -i "s/^Version: .*/Version: $version+lab2/" next/DEBIAN/control
(cd next && find usr -type f -exec md5sum {} + >DEBIAN/md5sums)
dpkg-deb --root-owner-group -Zxz -z1 --build next "$store/debs/" >/dev/null
next=$(echo "$store"/debs/runc_*lab2*.deb)

# index FOLDER DEB…: the list of packages, as dpkg-scanpackages would write it.
index() {
  local folder=$1 deb
  shift
  for deb; do
    dpkg-deb --field "$deb"
    printf 'Filename: ./%s\nSize: %s\nSHA256: %s\n\n' "${deb##*/}" "$(stat --format=%s "$deb")" "$(sha256sum <"$deb" | cut -d ' ' -f 1)"
  done >"$folder/Packages"
}
# release FOLDER HOURS: what gets signed. A later edition needs a later date, or apt keeps what it has.
release() {
  cat >"$1/Release" <<END
Origin: Kontor
Label: Kontor
Suite: stable
Codename: engine
Date: $(date --utc --rfc-email --date="-$2 hours" | sed 's/+0000/UTC/')
Architectures: $(dpkg --print-architecture)
Description: container runtime of the harbour office
SHA256:
 $(sha256sum <"$1/Packages" | cut -d ' ' -f 1) $(stat --format=%s "$1/Packages") Packages
END
}
index "$store/released" "$released"
release "$store/released" 48
sqop inline-sign --as=clearsigned archive.key <"$store/released/Release" >"$store/released/InRelease"
index "$store/next" "$released" "$next"
release "$store/next" 24
sqop inline-sign --as=clearsigned archive.key <"$store/next/Release" >"$store/next/InRelease"
# A better offer, in three editions: under a signature that was made for something else, under none, under a stranger's.
for edition in forged unsigned foreign; do
  index "$store/$edition" "$next"
  sed -i 's/^Version: .*/Version: 99.0/' "$store/$edition/Packages"
  release "$store/$edition" 1
done
{
  printf -- '-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\n'
  cat "$store/forged/Release"
  sed -n '/BEGIN PGP SIGNATURE/,$p' "$store/next/InRelease"
} >"$store/forged/InRelease"
sqop inline-sign --as=clearsigned foreign.key <"$store/foreign/Release" >"$store/foreign/InRelease"

hash() { sha256sum | cut -d ' ' -f 1; }
old=$(hash </usr/lib/schott/programs/runc)
first=$(dpkg-deb --fsys-tarfile "$released" | tar --extract --to-stdout ./usr/sbin/runc | hash)
second=$(hash <next/usr/sbin/runc)
jq --null-input --arg old "$old" --arg first "$first" --arg second "$second" --arg version "$version" \
  '{ oldHash: $old, released: { version: $version, hash: $first }, next: { version: ($version + "+lab2"), hash: $second } }' >"$store/facts.json"
# For the platform: these may run here in the place of the base image's runc.
printf 'runc %s\n' "$first" "$second" >replacements

mkdir -p /srv/apt
cp archive.asc /srv/apt/lab.asc
cp "$released" "$store"/released/* /srv/apt/
