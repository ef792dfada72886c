import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';

const TESTS = join(__dirname, '..');

/** Folders whose tests are no unit tests. */
const OTHERS = ['e2e', 'mutation', 'suites', 'unit'];

/** Folders of unit tests, in groups that take about the same time. What no group names is in the last one. */
const GROUPS: readonly (readonly string[])[] = [
  ['hostile', 'parity', 'rules'],
  ['diff', 'explain', 'models', 'targets'],
];

/**
 * Registers the unit tests of a group in the calling test file, so that they share one world of modules. Jest would
 * load the sources again for each file, which takes longer than most of the tests. Single files run as well: `npx jest
 * FILE`.
 */
export function describeGroup(index: number): void {
  for (const file of testFiles(TESTS).filter((path) => groupOf(path) === index)) {
    describe(file, () => {
      // A test file registers its tests when it is loaded.
      // eslint-disable-next-line @typescript-eslint/no-require-imports
      require(join(TESTS, file));
    });
  }
}

function groupOf(file: string): number {
  const index = GROUPS.findIndex((folders) => folders.includes(file.split('/')[0]));
  return index < 0 ? GROUPS.length : index;
}

/** Test files that start no process, relative to `test/`. */
function testFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1)).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      return OTHERS.includes(entry.name) && folder === TESTS ? [] : testFiles(path);
    }
    const isUnit = entry.name.endsWith('.test.ts') && !entry.name.endsWith('.process.test.ts');
    return isUnit ? [relative(TESTS, path)] : [];
  });
}
