import { spawnSync } from 'node:child_process';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { valuesOf } from '../../../../src/cli/verify/redaction/env-values';
import { knownSecrets } from '../../../../src/cli/verify/redaction/known-secrets';
import { machinePlaces } from '../../../../src/cli/verify/redaction/machine-places';
import { Redactor } from '../../../../src/cli/verify/redaction/redactor';
import { aFolder, put, removeFolders } from '../../support';

afterEach(removeFolders);

const PLAN = { envFiles: [{ path: 'x/env', file: '.env.local', name: 'env', keys: [] }] };

function redact(root: string, text: string, environment: NodeJS.ProcessEnv = {}): string {
  return new Redactor(knownSecrets(root, PLAN, environment)).text(text);
}

test('every reading of an env file gives its values', () => {
  const text = '# A=no\nA=plain value # comment\r\nexport B = "quoted \\"x\\" \\n y"\nC=\'single # kept\'\nD: yaml\nE="over\nlines"\nF=\n';
  expect(valuesOf(text)).toEqual(expect.arrayContaining([
    ['A', 'plain value'], ['A', 'plain value # comment'], ['B', 'quoted \\"x\\" \\n y'], ['B', 'quoted "x" \n y'], ['C', 'single # kept'], ['D', 'yaml'], ['E', 'over\nlines'],
  ]));
  expect(valuesOf(text).filter(([name]) => name === 'F')).toEqual([]);
});

test('values of the env files are taken out, whatever their names', () => {
  const root = aFolder();
  put(root, '.env.local', 'GARVIS=canary-one\nOTHER="canary\ntwo-and-more"\nSHORT=abc\n');
  expect(redact(root, 'canary-one, two-and-more, canary\ntwo-and-more, abc')).toBe('[redacted GARVIS], [redacted OTHER], [redacted OTHER], abc');
});

test('of the environment and of .env, what has the name of a secret is taken out, and the password of a URL', () => {
  const root = aFolder();
  put(root, '.env', 'MY_SECRET=canary-one\nTAG=bookworm-slim\n');
  const environment = { GITHUB_TOKEN: 'canary-two', EDITOR: 'canary-three', API_KEY: 'short', DATABASE_URL: 'postgres://me:canary-four@db/x' };
  expect(redact(root, 'canary-one canary-two canary-three short canary-four bookworm-slim', environment))
    .toBe('[redacted MY_SECRET] [redacted GITHUB_TOKEN] canary-three short [redacted DATABASE_URL] bookworm-slim');
});

test('fails on an env file that cannot be read, and does not wait for a writer of a pipe', () => {
  const root = aFolder();
  spawnSync('mkfifo', [join(root, '.env.local')]);
  expect(() => knownSecrets(root, PLAN, {})).toThrow('it is no file');
});

test('folders of the machine are called by what they are', () => {
  const root = join(homedir(), 'somewhere', 'project');
  const redactor = new Redactor(machinePlaces(root));
  expect(redactor.text(`${root}/src/main.ts ${root}-2/x ${homedir()}/.docker ${tmpdir()}/x file://${root} /var${tmpdir()}/y`))
    .toBe(`./src/main.ts ~/somewhere/project-2/x ~/.docker <tmp>/x file://. /var${tmpdir()}/y`);
});
