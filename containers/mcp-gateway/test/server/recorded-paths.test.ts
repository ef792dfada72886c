import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { CODEX_TOKEN, Running } from './running';
import { CallEvent } from '../../src/audit/record';
import { createTool } from '../../src/tools/registry';
import { commandTool, fileTool, LIMITS, openSandbox } from '../tools/support';

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);

const sandbox = await openSandbox((root) => {
  writeFileSync(join(root, 'notes.txt'), 'needle');
  writeFileSync(join(root, CODEX_TOKEN), 'needle');
  symlinkSync('notes.txt', join(root, 'link.txt'));
  mkdirSync(join(root, 'many'));
  for (let file = 10; file < 60; file += 1) {
    writeFileSync(join(root, 'many', `${file}.txt`), 'hay');
  }
  mkdirSync(join(root, 'docs'));
  writeFileSync(join(root, 'docs', 'page.md'), '# Title\n\n![a picture](picture.png)\n');
  writeFileSync(join(root, 'docs', 'picture.png'), PNG);
});
afterAll(async () => sandbox.close());

const { environment } = sandbox;
const image = {
  kind: 'image',
  name: 'image_extract',
  operation: 'extract',
  clients: ['codex'],
  paths: { allow: ['**'] },
  limits: { ...LIMITS, timeoutMs: 60_000 },
} as const;
const tools = await Promise.all([
  createTool(fileTool('read', { paths: { allow: ['**'], deny: ['denied/**'] } }), environment),
  createTool(fileTool('list'), environment),
  createTool(fileTool('grep'), environment),
  createTool(
    commandTool(['wc', '-l', '--', { parameter: 'file' }], { parameters: { file: { type: 'path' } } }),
    environment,
  ),
  createTool(image, environment),
]);

async function recorded(
  recordPaths: boolean | undefined,
  calls: [name: string, args: object][],
): Promise<CallEvent['paths'][]> {
  const gateway = await Running.start({ tools, audit: { recordPaths } });
  const headers = await gateway.session();
  for (const [index, [name, args]] of calls.entries()) {
    await gateway.send({
      headers,
      body: { jsonrpc: '2.0', id: 10 + index, method: 'tools/call', params: { name, arguments: args } },
    });
  }
  return gateway.audit().flatMap((record) => (record.type === 'call' ? [record.paths] : []));
}

test('a record names the files of its call when the manifest asks for it', async () => {
  expect(await recorded(true, [
    ['fs_read', { path: './notes.txt' }],
    ['fs_read', { path: 'link.txt' }],
    ['fs_read', { path: 'denied/x.txt' }],
    ['fs_read', { path: 'missing.txt' }],
    ['fs_read', { path: 7 }],
    ['fs_read', { path: CODEX_TOKEN }],
    ['fs_list', { path: 'docs' }],
    ['run', { file: 'notes.txt' }],
    ['no_such_tool', { path: 'notes.txt' }],
  ])).toEqual([
    { named: ['./notes.txt'], opened: ['notes.txt'] },
    { named: ['link.txt'], opened: ['notes.txt'] },
    { named: ['denied/x.txt'], opened: [] },
    { named: ['missing.txt'], opened: [] },
    { named: [], opened: [] },
    { named: ['[redacted]'], opened: ['[redacted]'] },
    { named: ['docs'], opened: [] },
    { named: ['notes.txt'], opened: ['notes.txt'] },
    { named: [], opened: [] },
  ]);
});

test('a record of a search names 32 files and counts the others', async () => {
  const [paths] = await recorded(true, [['fs_grep', { path: 'many', pattern: 'needle' }]]);
  expect(paths).toMatchObject({ named: ['many'], openedMore: 18 });
  expect(paths?.opened).toHaveLength(32);
  expect(paths?.opened.every((path) => /^many\/\d\d\.txt$/.test(path))).toBe(true);
});

test('a record of a document names the pictures that were read with it', async () => {
  const [paths] = await recorded(true, [['image_extract', { path: 'docs/page.md' }]]);
  expect(paths).toEqual({ named: ['docs/page.md'], opened: ['docs/page.md', 'docs/picture.png'] });
});

test('a record names no file otherwise', async () => {
  expect(await recorded(undefined, [['fs_read', { path: 'notes.txt' }]])).toEqual([undefined]);
});
