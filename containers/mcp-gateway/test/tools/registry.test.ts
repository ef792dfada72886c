import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { commandTool, fileTool, LIMITS, openSandbox, Sandbox, use } from './support';
import { ManifestTool } from '../../src/manifest/manifest';
import { createTool, offeredTools } from '../../src/tools/registry';

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await openSandbox((root) => writeFileSync(join(root, 'ok.txt'), 'hello'));
});

afterAll(async () => {
  await sandbox.close();
});

it('makes every file operation that it says is offered', async () => {
  for (const operation of ['list', 'tree', 'stat', 'read', 'find', 'grep'] as const) {
    expect(offeredTools.file).toContain(operation);
    const tool = await createTool(fileTool(operation), sandbox.environment);
    expect(tool.annotations).toMatchObject({ readOnlyHint: true, openWorldHint: false });
    expect(tool.description.length).toBeGreaterThan(20);
  }
});

it('makes tools of commands and of images', async () => {
  const command = await createTool(commandTool(['wc', '-c', 'ok.txt']), sandbox.environment);
  expect(command.description).toBe('a command');
  expect(await use(command, {})).toMatchObject({ kind: 'answered', text: '5 ok.txt\n\nexit code 0' });
  const spec: ManifestTool = {
    kind: 'image',
    name: 'image_list',
    operation: 'list',
    clients: ['codex'],
    paths: { allow: ['**'] },
    limits: LIMITS,
  };
  expect((await createTool(spec, sandbox.environment)).decide({ path: '.env' })).toMatchObject({ allowed: false });
});

it('offers git and programs that only read', () => {
  expect(offeredTools.command).toEqual([
    'cat',
    'cmp',
    'cut',
    'diff',
    'file',
    'git',
    'grep',
    'head',
    'nl',
    'od',
    'rg',
    'sha256sum',
    'sort',
    'tail',
    'uniq',
    'wc',
  ]);
});

it('fails for a kind and an operation that it does not know', async () => {
  await expect(
    createTool({ ...fileTool('read'), operation: 'raed' } as unknown as ManifestTool, sandbox.environment),
  ).rejects.toThrow('Did you mean "read"?');
  await expect(
    createTool({ ...fileTool('read'), kind: 'files' } as unknown as ManifestTool, sandbox.environment),
  ).rejects.toThrow('Offered: file, image, command');
});

it('decides without touching the disk, alike for what exists and what does not', async () => {
  const tool = await createTool(fileTool('read', { paths: { allow: ['docs/**'] } }), sandbox.environment);
  expect(tool.decide({ path: 'ok.txt' })).toEqual(tool.decide({ path: 'none.txt' }));
  expect(tool.decide({ path: 'docs/none.txt' })).toEqual({ allowed: true });
  expect(tool.decide({ path: '../x' })).toEqual({ allowed: false, rule: 'path.parent' });
  expect(tool.decide({ path: 1 })).toEqual({ allowed: false, rule: 'arguments' });
});
