import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { knownSecrets } from '../../../src/verify/redaction/known-secrets';
import { Redactor } from '../../../src/verify/redaction/redactor';
import { aFolder, put, removeFolders } from '../../cli/support';

afterEach(removeFolders);

const PLAN = { envFiles: [{ path: 'x/env', file: '.env.local', name: 'env', keys: [] }] };

function redact(root: string, text: string, environment: NodeJS.ProcessEnv = {}): string {
  return new Redactor(knownSecrets(root, PLAN, environment)).text(text);
}

test('values of the env files are taken out, whatever their names', () => {
  const root = aFolder();
  put(root, '.env.local', 'GARVIS=canary-one\nOTHER="canary\ntwo-and-more"\nSHORT=abc\n');
  expect(redact(root, 'canary-one, two-and-more, canary\ntwo-and-more, abc')).toBe(
    '[redacted GARVIS], [redacted OTHER], [redacted OTHER], abc',
  );
});

test('of the environment and of .env, what has the name of a secret is taken out, and the password of a URL', () => {
  const root = aFolder();
  put(root, '.env', 'MY_SECRET=canary-one\nTAG=bookworm-slim\n');
  const environment = {
    GITHUB_TOKEN: 'canary-two',
    EDITOR: 'canary-three',
    API_KEY: 'short',
    DATABASE_URL: 'postgres://me:canary-four@db/x',
  };
  expect(redact(root, 'canary-one canary-two canary-three short canary-four bookworm-slim', environment))
    .toBe('[redacted MY_SECRET] [redacted GITHUB_TOKEN] canary-three short [redacted DATABASE_URL] bookworm-slim');
});

test('fails on an env file that cannot be read, and does not wait for a writer of a pipe', () => {
  const root = aFolder();
  spawnSync('mkfifo', [join(root, '.env.local')]);
  expect(() => knownSecrets(root, PLAN, {})).toThrow('it is not a regular file');
});

test('of the lines of a value, those that are long enough are taken out one by one', () => {
  const root = aFolder();
  put(root, '.env.local', 'A="first of them\n  tiny\n\t8 or more \nend"\n');
  expect(redact(root, '| first of them\n| tiny\n| 8 or more\n| end\n|   tiny')).toBe(
    '| [redacted A]\n| tiny\n| [redacted A]\n| end\n|   tiny',
  );
});

test('how short a value may be depends on where it comes from', () => {
  const root = aFolder();
  put(root, '.env.local', 'A=four\nB=two\n');
  expect(
    redact(root, 'four two eightish sevenly', { MY_TOKEN: 'eightish', YOUR_TOKEN: 'sevenly', EMPTY_TOKEN: undefined }),
  ).toBe('[redacted A] two [redacted MY_TOKEN] sevenly');
});

test('a value that two names have is called by the first', () => {
  const root = aFolder();
  put(root, '.env.local', 'A=the-same\nB=the-same\n');
  expect(redact(root, 'the-same', { C_TOKEN: 'the-same' })).toBe('[redacted A]');
});
