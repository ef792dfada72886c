#!/usr/bin/env bash
# What a user gets: the packed library, a project made from it, its synthesis and its tests; and the library in a project
# without projen. Asks for a compiled library (npx projen compile).
set -euo pipefail

root=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# a person makes a project, not CI, where projen would ask for a lock file that cannot be there yet
unset CI
export JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION=1

echo '-- pack'
archive=$work/$(cd "$root" && npm pack --silent --ignore-scripts --pack-destination "$work")

echo '-- the same archive again: other umask, time zone, locale and times of files'
again=$work/again
mkdir "$again"
find "$root/lib" -name 'index.*' -exec touch -d '2001-02-03' {} +
(cd "$root" && umask 077 && TZ=Pacific/Auckland LC_ALL=C npm pack --silent --ignore-scripts --pack-destination "$again" > /dev/null)
cmp "$archive" "$again/$(basename "$archive")"

tar --list --file "$archive" | sed 's,^package/,,' | sort > "$work/files.txt"
for needed in .jsii lib/index.js lib/cli/main.js bin/toolbox bin/register.js inventories/versions.schema.json \
  containers/mcp-gateway/schema/manifest.schema.json containers/mcp-gateway/Dockerfile containers/mcp-gateway/.dockerignore \
  containers/mcp-gateway/package-lock.json containers/mcp-gateway/src/main.ts containers/codex-cli/Dockerfile containers/.dockerignore \
  README.md LICENSE; do
  grep -qxF "$needed" "$work/files.txt" || { echo "The package lacks $needed." >&2; exit 1; }
done
if grep -E '^(src|test|bench|dist|shared|projenrc|\.ci)/|^containers/.*/(lib|test|bench|node_modules)/|\.env' "$work/files.txt"; then
  echo 'The package holds what no user needs.' >&2
  exit 1
fi

echo '-- the bill of materials names every package that is bundled, in the version of the lock file'
(cd "$root" && npm sbom --package-lock-only --sbom-format cyclonedx) > "$work/sbom.json"
node -e "
const [sbom, lock, { bundledDependencies }] = process.argv.slice(1).map((file) => JSON.parse(require('fs').readFileSync(file, 'utf8')));
const listed = new Set(sbom.components.map(({ name, version }) => name + '@' + version));
const missing = bundledDependencies.map((name) => name + '@' + lock.packages['node_modules/' + name].version).filter((one) => !listed.has(one));
if (sbom.bomFormat !== 'CycloneDX' || missing.length > 0) throw new Error('The bill of materials lacks ' + (missing.join(', ') || 'its form') + '.');
" "$work/sbom.json" "$root/package-lock.json" "$root/package.json"

echo '-- npx projen new --from'
mkdir "$work/new-toolbox"
cd "$work/new-toolbox"
cp "$archive" ./library.tgz
npx --yes projen@0.103.25 new --from ./library.tgz --no-git
grep -q 'npx projen synth' README.md
# the project can be made again, by its own definition
npx projen
npx projen synth
npx projen check
npx projen status
npx projen test
test -f dist/compose/docker-compose.draft.yml
test -f dist/docs/STATUS.md
test -f dist/kubernetes/draft/kustomization.yaml

echo '-- npm install, in a project of plain JavaScript'
mkdir "$work/plain"
cd "$work/plain"
npm init --yes > "$work/init.txt"
npm install --silent --no-audit --no-fund "$archive" constructs cdk8s@2.70.0 cdk8s-plus-28@2.5.6
echo '{ "app": "node app.js", "outdir": "out" }' > toolbox.json
cat > app.js <<'APP'
const { Toolbox } = require('toolbox-constructs');
new Toolbox('plain', { title: 'Plain', description: 'A toolbox without services.', source: 'app.js', outdir: 'out' }).synth();
APP
npx toolbox-constructs synth
npx toolbox-constructs check
npm sbom --sbom-format cyclonedx > "$work/sbom.json"
jq --exit-status '["@balena/dockerignore", "diff", "toolbox-constructs", "yaml"] - [.components[].name] == []' "$work/sbom.json"
if node -e "require('toolbox-constructs'); process.exit(Object.keys(require.cache).some((name) => name.includes('/projen/')) ? 1 : 0)"; then
  echo 'projen is not loaded by a model'
else
  echo 'Loading the library loads projen.' >&2
  exit 1
fi

echo '2 passed, 0 failed'
