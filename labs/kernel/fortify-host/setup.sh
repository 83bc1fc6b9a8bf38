#!/bin/bash
set -euo pipefail

# Port, name and key are different in every session.
number=$((16#${SCHOTT_SEED:0:4}))
port=$((8081 + number % 99))
names=(enno frauke hauke imke tjark wiebke)
former=${names[number % 6]}

useradd --create-home --gid docker --shell /bin/bash "$former"
cat >/srv/HANDOVER.md <<END
# Handover

- The shop runs on port 8080. It was started with /srv/shop/run.sh.
- \`deploy\` is the account of our delivery pipeline. It needs Docker, nobody else does.
- \`dev\` and \`www-data\` are needed for other things; leave the accounts alone.
- \`$former\` left in spring. I never got round to it.
- There was something with permissions after every start of Docker. It works now!
END
(umask 077 && printf 'APP_KEY=%s\n' "$(printf 'shop:%s' "$SCHOTT_SEED" | sha256sum | cut -c 1-24)" >/srv/shop/shop.env)
/srv/shop/run.sh >/dev/null

echo "PORT=$port" >/etc/default/filedrop
rm /etc/sv/filedrop/down
sv start filedrop >/dev/null
until nc -z 127.0.0.1 "$port"; do sleep 0.05; done
