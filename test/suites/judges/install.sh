#!/bin/sh
# Installs the judges that are no npm packages, at the versions of requirements.txt and go-tools.txt, into one folder of the
# cache. The folder is made again whenever one of these files changes; nothing else of the machine is touched, but for a Go
# compiler where there is none.
set -eu
# shellcheck source=../../e2e/engine/common.sh
. "$(dirname -- "$0")/../../e2e/engine/common.sh"

said_by=judges
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
judges=${TOOLBOX_JUDGES:-${XDG_CACHE_HOME:-${HOME:?}/.cache}/toolbox-constructs/judges}
wanted=$(cat "$here/requirements.txt" "$here/go-tools.txt" "$here/install.sh" | sha256sum)

if [ "$(cat "$judges/installed" 2> /dev/null)" = "$wanted" ]; then
  say "the judges are in $judges"
  exit 0
fi
rm -rf "$judges"
mkdir -p "$judges"

python_judges() {
  quietly python3 -m venv "$judges/venv"
  quietly "$judges/venv/bin/pip" install --quiet --disable-pip-version-check --no-deps --requirement "$here/requirements.txt"
  quietly "$judges/venv/bin/pip" check
}

go_judges() {
  while read -r program; do
    quietly env GOBIN="$judges/bin" GOFLAGS= GOTOOLCHAIN=auto CGO_ENABLED=0 go install "$program" < /dev/null
  done < "$here/go-tools.txt"
}

provide_go
# the one waits for the network while the other compiles
python_judges &
python=$!
go_judges
wait "$python"
printf '%s\n' "$wanted" > "$judges/installed"
say "$(du -sh "$judges" | cut -f1) of judges in $judges"
