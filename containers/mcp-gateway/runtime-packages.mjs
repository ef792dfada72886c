// Copies the packages that the bundles leave outside, and what those need, into a folder: the image carries no other
// package.
import { cpSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
const target = process.argv[2];
const copied = new Set();

function copy(name) {
  const path = `node_modules/${name}`;
  // optional packages are for other platforms
  if (copied.has(name) || !existsSync(path)) return;
  copied.add(name);
  cpSync(path, join(target, path), { recursive: true });
  const { dependencies = {}, optionalDependencies = {} } = packages[path] ?? {};
  [...Object.keys(dependencies), ...Object.keys(optionalDependencies)].forEach(copy);
}

// an entry point of a package, such as pkg/part, belongs to the package
const names = JSON.parse(readFileSync('lib/externals.json', 'utf8')).map((path) =>
  path
    .split('/')
    .slice(0, path.startsWith('@') ? 2 : 1)
    .join('/'),
);
names.forEach(copy);
for (const name of names) {
  if (!copied.has(name)) throw new Error(`${name} is not installed`);
}
console.log([...copied].sort().join('\n'));
