#!/bin/sh
# Gathers what the gateway runs with below one folder, which becomes the whole image: its programs, the libraries they are
# linked against, and nothing to install, download or interpret anything with.
set -eu

root=$1

mkdir -p "$root/usr/bin" "$root/usr/lib" "$root/usr/lib64" "$root/etc" "$root/opt"
ln -s usr/bin "$root/bin"
ln -s usr/lib "$root/lib"
ln -s usr/lib64 "$root/lib64"

# one file at its own place; a link becomes its target
take() {
  mkdir -p "$root$(dirname "$1")"
  cp --dereference --no-clobber "$1" "$root$1"
}

# the libraries that programs and libraries are linked against, by the loader's own word
libraries() {
  xargs -0 -n 1 ldd 2> /dev/null | sed -n 's/^.*=> \(\/[^ ]*\) (.*$/\1/p; s/^[[:space:]]*\(\/[^ ]*\) (.*$/\1/p' | sort -u
}

# those that a manifest may name
for program in cat cmp cut diff file git grep head nl od rg sha256sum sort tail uniq wc; do
  found=$(command -v "$program") || { echo "The image lacks $program." >&2; exit 1; }
  take "/usr/bin/$(basename "$found")"
done
take /usr/bin/node
take /usr/share/misc/magic.mgc
take /etc/passwd
take /etc/group
take /etc/nsswitch.conf

for library in $(find "$root/usr/bin" "$root/opt" -type f \( -perm -0100 -o -name '*.node' -o -name '*.so*' \) -print0 | libraries); do
  case $library in
    "$root"*) ;;
    *) take "/usr${library#/usr}" ;;
  esac
done

# tries the new root before it becomes an image; git needs a /dev/null, for which a file will do
mkdir "$root/dev"
: > "$root/dev/null"
for program in "$root"/usr/bin/*; do
  chroot "$root" "/usr/bin/$(basename "$program")" --version > /dev/null || { echo "$program does not run." >&2; exit 1; }
done
chroot "$root" /usr/bin/node --eval 'require("/opt/mcp-gateway/node_modules/sharp")'
rm -r "${root:?}/dev"
