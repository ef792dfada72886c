#!/bin/sh
# Builds the stand-in of haproxy:<version>: the real program, from the Debian release that packages that version, with the
# user, folders and start command of the official image.
set -eu
. "$(dirname -- "$0")/../engine/common.sh"

image=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
sed 's/bookworm/trixie/g' "$(debian_sources)" > "$work/debian.$(debian_sources | sed 's/.*\.//')"

cat > "$work/docker-entrypoint.sh" << 'ENTRYPOINT'
#!/bin/sh
set -eu
case ${1:-} in -*) set -- haproxy "$@" ;; esac
if [ "${1:-}" = haproxy ]; then
  shift
  set -- haproxy -W -db "$@"
fi
exec "$@"
ENTRYPOINT
chmod 0755 "$work/docker-entrypoint.sh"

# the commands of a hook run outside the new system, whose folder is their first argument
cat > "$work/finish" << 'HOOK'
#!/bin/sh
set -eu
chroot "$1" groupmod --gid 99 haproxy
chroot "$1" usermod --uid 99 --gid 99 --home /var/lib/haproxy haproxy
chroot "$1" chown haproxy:haproxy /var/lib/haproxy
mkdir -p "$1/usr/local/etc/haproxy"
cp "$(dirname "$0")/docker-entrypoint.sh" "$1/usr/local/bin/"
rm -rf "$1/var/lib/apt/lists" "$1/var/cache/apt"
HOOK
chmod 0755 "$work/finish"

mmdebstrap --variant=minbase --include=haproxy \
  --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/locale/*' \
  --customize-hook="$work/finish" trixie "$work/root.tar" "$work"/debian.*
found=$(tar -xOf "$work/root.tar" ./var/lib/dpkg/status | sed -n '/^Package: haproxy$/,/^$/s/^Version: \([0-9.]*\).*/\1/p')
[ "$found" = "${image#*:}" ] || fail "Debian has haproxy $found, and the inventory pins $image."
docker import --change 'USER haproxy' --change 'WORKDIR /var/lib/haproxy' --change 'STOPSIGNAL SIGUSR1' \
  --change 'ENTRYPOINT ["docker-entrypoint.sh"]' --change 'CMD ["haproxy","-f","/usr/local/etc/haproxy/haproxy.cfg"]' \
  "$work/root.tar" "$image"
