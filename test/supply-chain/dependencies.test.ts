import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { PinInventory } from '../../src/inventory/pin-inventory';

const ROOT = join(__dirname, '..', '..');

interface LockedPackage {
  readonly version?: string;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly dev?: boolean;
  readonly peer?: boolean;
  readonly license?: string;
  readonly hasInstallScript?: boolean;
  readonly inBundle?: boolean;
}

const lock = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as {
  packages: Record<string, LockedPackage>;
};
const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  dependencies: Record<string, string>; bundledDependencies: string[]; peerDependencies: Record<string, string>;
};

/**
 * Every package that comes along when a user installs the library, and why. A new one is a decision, to be made here.
 */
const BUNDLED: Record<string, string> = {
  '@balena/dockerignore': 'Reads .dockerignore as a builder does; its patterns are not those of git.',
  'diff': 'Unified diffs of toolbox check, diff and pins update.',
  'yaml': 'Reads inventories with line and column, and writes YAML.',
};

/**
 * Frameworks the user has anyway: the model is written with the first, manifests with the next two, projen runs the
 * project.
 */
const PEERS = ['cdk8s', 'cdk8s-plus-28', 'constructs', 'projen'];

const MOST_KILOBYTES = 1_500;
const LICENSES = ['Apache-2.0', 'ISC', 'MIT', 'BSD-2-Clause', 'BSD-3-Clause'];

describe('what a user installs', () => {
  test('is what was decided, and nothing more', () => {
    expect(Object.keys(manifest.dependencies).sort()).toEqual(Object.keys(BUNDLED).sort());
    expect([...manifest.bundledDependencies].sort()).toEqual(Object.keys(BUNDLED).sort());
    expect(Object.keys(manifest.peerDependencies).sort()).toEqual(PEERS);
  });

  test('has no dependencies of its own', () => {
    expect(Object.keys(installed()).sort()).toEqual(Object.keys(BUNDLED).sort());
  });

  test('stays small', () => {
    const bytes = Object.keys(BUNDLED).reduce((sum, name) => sum + sizeOf(join(ROOT, 'node_modules', name)), 0);
    expect(bytes / 1024).toBeLessThan(MOST_KILOBYTES);
  });

  test('has licences that allow its use, as THIRD-PARTY.md lists', () => {
    const listed = readFileSync(join(ROOT, 'THIRD-PARTY.md'), 'utf8');
    const rows = Object.entries(installed()).map(([name, { license }]) => ({ name, license: license ?? '' }));
    expect(rows.filter(({ license }) => !LICENSES.includes(license))).toEqual([]);
    expect(rows.filter(({ name, license }) => !listed.includes(`| ${name} | ${license} |`))).toEqual([]);
    expect(listed.split('\n').filter((line) => line.startsWith('| ')).length).toBe(rows.length + 2);
  });
});

describe('the lock file', () => {
  const packages = Object.entries(lock.packages).filter(([path]) => path !== '');

  test('pins every package by checksum; what is bundled in another is covered by that one', () => {
    expect(
      packages.filter(([, one]) => one.integrity === undefined && one.inBundle !== true).map(([path]) => path),
    ).toEqual([]);
    expect(
      packages
        .filter(([, { integrity }]) => integrity !== undefined && !integrity.startsWith('sha512-'))
        .map(([path]) => path),
    ).toEqual([]);
  });

  test('names no registry: any mirror serves', () => {
    expect(packages.filter(([, { resolved }]) => resolved !== undefined).map(([path]) => path)).toEqual([]);
  });

  test('runs no script of what a user installs', () => {
    expect(Object.entries(installed()).filter(([, { hasInstallScript }]) => hasInstallScript === true)).toEqual([]);
  });
});

/** What `npm install` brings beside the peers: name to its entry. */
function installed(): Record<string, LockedPackage> {
  const runtime = Object.entries(lock.packages).filter(
    ([path, one]) =>
      path !== '' && one.dev !== true && one.peer !== true && (one as { devOptional?: boolean }).devOptional !== true,
  );
  return Object.fromEntries(
    runtime.map(([path, one]) => [path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length), one]),
  );
}

function sizeOf(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}

test('the pin of the gateway is the version of its package', () => {
  const { version } = JSON.parse(
    readFileSync(join(ROOT, 'containers/mcp-gateway/package.json'), 'utf8'),
  ) as LockedPackage;
  const { pins } = PinInventory.fromFile(join(ROOT, 'inventories/versions.yaml'));
  expect(pins.find(({ component }) => component === 'mcp-gateway')?.version).toBe(version);
});
