import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { aCheck, aProjectWith, DIRECTORY } from './support';
import { put, removeFolders, toolboxWith } from '../cli/support';

jest.setTimeout(120_000);
afterEach(removeFolders);

const IN_FILE = 'canary-in/the+file"$1';
const IN_ENVIRONMENT = 'canary-in-the-environment';
const SHAPED = 'ghp_0123456789abcdefghijABCDEFGHIJ012345';

/** A program that tells its secrets in many ways, and in parts. */
const TELLTALE = `
const secret = require('fs').readFileSync('.env.local', 'utf8').split('\\n')[0].slice(6).replace(/^'|'$/g, '');
const other = process.env.CANARY_TOKEN;
const ways = (text) => [text, JSON.stringify({ text }), encodeURIComponent(text), Buffer.from(text).toString('base64'), Buffer.from('user:' + text).toString('base64url'),
  Buffer.from(text).toString('hex'), [...text].join('\\u001b[1m'), 'https://me:' + text + '@host/'];
console.log([...ways(secret), ...ways(other), '${SHAPED}', 'password=hunter2-canary'].join('\\n'));
console.error(process.cwd() + ' ' + require('os').homedir());
const text = secret + ' ' + other;
let at = 0;
const timer = setInterval(() => { process.stdout.write(text.slice(at, at + 3)); at += 3; if (at >= text.length) { clearInterval(timer); process.exitCode = Number(process.argv[2]); } }, 1);
`;

test('no secret is ever printed or recorded, whatever a check does with it', () => {
  const root = aProjectWith(
    [
      aCheck('fails', 'node telltale.js 1'),
      aCheck('passes', 'node telltale.js 0', { expectedOutput: 'canary-in-the-environment' }),
      aCheck('named', `echo ${SHAPED}; false`),
    ],
    { envFiles: [{ path: 'box/env', file: '.env.local', name: 'env', keys: [] }] },
  );
  put(root, '.env.local', `TOKEN='${IN_FILE}'\n`);
  put(root, 'telltale.js', TELLTALE);
  const seen = [[], ['--json'], ['--verbose'], ['--note', `With ${IN_FILE}.`, '--by', `Me ${IN_ENVIRONMENT}`]]
    .map((options) => {
      const { code, out, err } = toolboxWith({ CANARY_TOKEN: IN_ENVIRONMENT }, root, 'verify', ...options);
      expect(code).toBe(1);
      return out + err;
    })
    .join('\n');
  const records = readdirSync(join(root, DIRECTORY))
    .map((name) => readFileSync(join(root, DIRECTORY, name), 'utf8'))
    .join('\n');
  for (const text of [seen, records]) {
    expect(text).toContain('[redacted TOKEN]');
    expect(text).toContain('[redacted CANARY_TOKEN]');
    for (const secret of [IN_FILE, IN_ENVIRONMENT, SHAPED, 'hunter2', root]) {
      for (const way of [
        secret,
        encodeURIComponent(secret),
        JSON.stringify(secret).slice(1, -1),
        Buffer.from(secret).toString('hex'),
        Buffer.from(secret).toString('base64').slice(4, 12),
      ]) {
        expect(text).not.toContain(way);
      }
    }
  }
  expect(records).toMatch(/outcome: passed/);
});

test('fails before anything is run when an env file cannot be read, and does not print it', () => {
  const root = aProjectWith([aCheck('one', 'touch ran')], {
    envFiles: [{ path: 'box/env', file: '.env.local', name: 'env', keys: [] }],
  });
  put(root, '.env.local/x', '');
  expect(toolboxWith({}, root, 'verify')).toMatchObject({
    code: 1,
    err: expect.stringMatching(/^error verify-secrets\n[^]*it is not a regular file/),
  });
  expect(readdirSync(root)).not.toContain('ran');
});
