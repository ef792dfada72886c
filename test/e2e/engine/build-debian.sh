#!/bin/sh
# Builds the stand-in of debian:<release>-slim: the essential packages and apt, with documentation left out as there.
set -eu
. "$(dirname -- "$0")/common.sh"

image=$1
release=${image#*:}
release=${release%-slim}
[ "$release" = bookworm ] || fail "Only bookworm can be built, not $release."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/authorities"
# what this machine trusts beside the usual, so that its mirrors answer in a build as well
find /usr/local/share/ca-certificates -name '*.crt' -exec cp {} "$work/authorities/" \; 2> /dev/null || true

# the commands of a hook run outside the new system, whose folder is their first argument
cat > "$work/finish" << 'HOOK'
#!/bin/sh
set -eu
cp "$(dirname "$0")"/authorities/*.crt "$1/usr/local/share/ca-certificates/" 2> /dev/null || true
chroot "$1" update-ca-certificates
# usrmerge is the first alternative of a dependency that usr-is-merged fulfils as well; it brings all of Perl
chroot "$1" sh -c 'apt-get purge --yes usrmerge perl "lib.*-perl$" $(dpkg-query --show --showformat "\${Package} " "libperl5*" "perl-modules-*" "libgdbm*")'
HOOK
chmod 0755 "$work/finish"

mmdebstrap --variant=minbase --include=ca-certificates,usr-is-merged \
  --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-include=/usr/share/doc/*/copyright' \
  --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/info/*' \
  --dpkgopt='path-exclude=/usr/share/locale/*' --dpkgopt='path-exclude=/usr/share/lintian/*' \
  --customize-hook="$work/finish" bookworm "$work/root.tar" "$(debian_sources)"
docker import --change 'CMD ["bash"]' "$work/root.tar" "$image"
