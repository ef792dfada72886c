#!/usr/bin/env bash
# The same bytes anywhere: GARVIS is synthesised under conditions that must not matter, each time into an empty folder,
# and compared with the committed files. Asks for the dependencies to be installed, git, and npm for other Nodes.
set -euo pipefail

root=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
trap 'git -C "$root" worktree remove --force "$work/worktree" 2>/dev/null || true; rm -rf "$work"' EXIT
failed=0
count=0

# A checkout with the dependencies of this one, and nothing generated in it.
prepare() { # FOLDER [git clone options]
  local folder=$1
  shift
  mkdir -p "$(dirname "$folder")"
  git clone --quiet --no-hardlinks "$@" "$root" "$folder"
  ln -s "$root/node_modules" "$folder/node_modules"
  rm -rf "$folder/dist"
}

compare() { # NAME FOLDER
  count=$((count + 1))
  if diff -r "$reference/dist" "$2/dist" > "$work/diff.txt" 2>&1; then
    echo "ok   $1"
  else
    failed=$((failed + 1))
    echo "FAIL $1"
    head -20 "$work/diff.txt"
  fi
}

variant() { # NAME FOLDER COMMAND...
  local name=$1 folder=$2
  shift 2
  if ! "$@" > "$work/output.txt" 2>&1; then
    cat "$work/output.txt"
    failed=$((failed + 1))
    echo "FAIL $name: the synthesis failed"
    return
  fi
  compare "$name" "$folder"
}

reference=$work/reference
git clone --quiet --no-hardlinks "$root" "$reference"

plain=$work/plain
prepare "$plain"
synth() { (cd "$plain" && rm -rf dist && env "$@" node bin/toolbox synth); }

variant 'the committed files' "$plain" synth A=1
variant 'time zone' "$plain" synth TZ=Asia/Kathmandu
variant 'Turkish locale' "$plain" synth LC_ALL=tr_TR.UTF-8 LANG=sv_SE.UTF-8
variant 'another home' "$plain" synth HOME="$work" XDG_CACHE_HOME="$work"
variant 'a bare environment' "$plain" synth -i PATH="$PATH"
variant 'an environment full of secrets' "$plain" synth AWS_SECRET_ACCESS_KEY=x GARVIS_MCP_TOKEN=canary-7f3a NODE_ENV=production CI=true

other_cwd() { (cd / && rm -rf "$plain/dist" && cd "$plain/containers/codex-cli" && node ../../bin/toolbox synth); }
variant 'another working directory' "$plain" other_cwd

tight() { (cd "$plain" && rm -rf dist && umask 077 && node bin/toolbox synth); }
variant 'a tight umask' "$plain" tight
modes=$(find "$plain/dist" -type f ! -perm 0644 -o -type d ! -perm 0755)
count=$((count + 1))
if [ -n "$modes" ]; then
  failed=$((failed + 1))
  echo "FAIL modes under a tight umask: $modes"
else
  echo 'ok   modes under a tight umask'
fi

twice() { (cd "$plain" && rm -rf dist && node bin/toolbox synth & cd "$plain" && sleep 0.1 && node bin/toolbox synth; wait); }
variant 'two at once' "$plain" twice

reversed() { (cd "$plain" && rm -rf dist && NODE_OPTIONS="--require $root/test/suites/reversed-folders.js" node bin/toolbox synth); }
variant 'folders read in another order' "$plain" reversed

uncached() { (cd "$plain" && rm -rf dist "$root/node_modules/.cache/toolbox-constructs" && node bin/toolbox synth); }
variant 'without the cache of compiled sources' "$plain" uncached

odd="$work/a b/ü"
prepare "$odd"
in_odd() { (cd "$odd" && node bin/toolbox synth); }
variant 'a path with spaces and other letters' "$odd" in_odd

crlf=$work/crlf
prepare "$crlf" --config core.autocrlf=true
in_crlf() { (cd "$crlf" && node bin/toolbox synth); }
variant 'a checkout with CR LF' "$crlf" in_crlf

git -C "$root" worktree add --quiet --detach "$work/worktree"
ln -s "$root/node_modules" "$work/worktree/node_modules"
rm -rf "$work/worktree/dist"
in_worktree() { (cd "$work/worktree" && node bin/toolbox synth); }
variant 'a git worktree' "$work/worktree" in_worktree

nogit=$work/nogit
cp -r "$plain" "$nogit"
rm -rf "$nogit/.git" "$nogit/dist"
in_nogit() { (cd "$nogit" && node bin/toolbox synth); }
variant 'no git at all' "$nogit" in_nogit

case $(uname -m) in x86_64) arch=x64 ;; aarch64) arch=arm64 ;; *) echo "No other Nodes for $(uname -m)." >&2; exit 1 ;; esac
for major in 20 22 24; do
  npm install --silent --no-save --ignore-scripts --prefix "$work/node$major" "node-linux-$arch@$major"
  node=$work/node$major/node_modules/node-linux-$arch/bin/node
  in_node() { (cd "$plain" && rm -rf dist && PATH="$(dirname "$node"):$PATH" "$node" bin/toolbox synth); }
  variant "Node $("$node" --version)" "$plain" in_node
done

if grep -rq canary-7f3a "$plain/dist"; then
  failed=$((failed + 1))
  echo 'FAIL a value of the environment is in the output'
fi

echo "$((count - failed)) passed, $failed failed"
[ "$failed" -eq 0 ]
