import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { git, makeRepository } from './git-repository';
import { ManifestCommandTool } from '../../../src/manifest/manifest';
import { SUBCOMMANDS } from '../../../src/tools/command/git/subcommands';
import { locate, OptionValue } from '../../../src/tools/command/program';
import { PROGRAMS } from '../../../src/tools/command/programs';
import { createTool } from '../../../src/tools/registry';
import { expandBraces } from '../../../src/workspace';
import { commandTool, openSandbox, Sandbox, use } from '../support';

let sandbox: Sandbox;

beforeEach(async () => {
  sandbox = await openSandbox(makeRepository);
});

afterEach(async () => {
  await sandbox.close();
});

async function text(
  argv: ManifestCommandTool['argv'],
  args: Record<string, unknown> = {},
  more: Partial<ManifestCommandTool> = {},
): Promise<string> {
  const outcome = await use(await createTool(commandTool(argv, more), sandbox.environment), args);
  return outcome.kind === 'answered'
    ? outcome.text
    : `${outcome.kind} ${'message' in outcome ? outcome.message : outcome.rule}`;
}

const subjects = async (...argv: string[]) => text(['git', 'log', '--format=%s', ...argv]);

it('reads loose and packed repositories, branches, tags and a detached HEAD', async () => {
  expect(await subjects()).toBe('second\nfirst\n\nexit code 0');
  git(sandbox.root, 'gc', '-q', '--prune=now');
  expect(await subjects()).toBe('second\nfirst\n\nexit code 0');
  expect(await subjects('feature/one..v1')).toBe('second\n\nexit code 0');
  expect(await text(['git', 'tag', '--list'])).toBe('v1\n\nexit code 0');
  git(sandbox.root, 'checkout', '-q', '--detach', 'HEAD~1');
  expect(await subjects()).toBe('first\n\nexit code 0');
  expect(await text(['git', 'diff', 'HEAD'])).toMatch('diff compares two commits');
});

it('reads shallow and SHA-256 repositories, and says that an empty one has no commit', async () => {
  const clone = join(sandbox.outside, 'clone');
  git(sandbox.root, 'clone', '-q', '--depth', '1', `file://${sandbox.root}`, clone);
  for (const prepare of [
    () => renameSync(join(clone, '.git'), join(sandbox.root, '.git')),
    () => {
      git(sandbox.root, 'init', '-q', '--object-format=sha256', '-b', 'main');
      git(sandbox.root, 'add', 'a.x');
      git(sandbox.root, 'commit', '-q', '-m', 'second');
    },
  ]) {
    renameSync(join(sandbox.root, '.git'), join(sandbox.outside, `old-${Math.random()}`));
    prepare();
    expect(await text(['git', 'show', '-s', '--format=%s'])).toBe('second\n\nexit code 0');
  }
  renameSync(join(sandbox.root, '.git'), join(sandbox.outside, 'old'));
  git(sandbox.root, 'init', '-q');
  expect(await subjects()).toBe('failed there is no commit "HEAD" in the repository');
});

it('shows no secret of the history and no more than the globs', async () => {
  const names = ['git', 'log', '--topo-order', '--format=', '--name-only', '--all'];
  expect(git(sandbox.root, 'log', '-p', '--all')).toContain('SECRET');
  expect(await text(['git', 'log', '-p', '--all'])).not.toContain('SECRET');
  expect(await text(['git', 'grep', 'e'])).not.toContain('.env');
  expect(await text(names)).toBe('a.x\n.gitattributes\na.x\nsrc/deep/b.ts\n\nexit code 0');
  expect(await text(names, {}, { paths: { allow: ['*'] } })).toBe('a.x\n.gitattributes\na.x\n\nexit code 0');
  expect(await text(names, {}, { paths: { allow: ['src', 'a.{x,y}'] } })).toBe('a.x\na.x\n\nexit code 0');
  expect(await text(names, {}, { paths: { allow: ['**'], deny: ['SRC', '.git*'] } })).toBe('a.x\na.x\n\nexit code 0');
});

it('takes paths: files by name, folders when all below them is allowed', async () => {
  const argv = ['git', 'log', '--format=', '--name-only', '--', { parameter: 'path' }];
  const parameters = { path: { type: 'path' } } as const;
  expect(await text(argv, { path: 'src' }, { parameters })).toBe('src/deep/b.ts\n\nexit code 0');
  expect(await text(argv, { path: 'src' }, { parameters, paths: { allow: ['src/*', 'src'] } })).toBe('\nexit code 0');
  expect(await text(argv, { path: 'src' }, { parameters, paths: { allow: ['src/**/*.ts'] } })).toBe(
    'denied not allowed by the tool policy',
  );
  expect(await text(argv, { path: '.env' }, { parameters })).toBe('denied not allowed by the tool policy');
  expect(await text(argv, { path: ':(top)' }, { parameters })).toBe('\nexit code 0');
});

it('takes a value that stands after its option as that, for every option of every program', async () => {
  writeFileSync(join(sandbox.root, 'b.x'), 'two\n');
  const check = async (argv: (option: string) => string[], options: Readonly<Record<string, OptionValue>>) => {
    for (const [option, rule] of Object.entries(options)) {
      if (rule === 'number' && !option.startsWith('--')) {
        expect(await text(argv(option)), argv(option).join(' ')).not.toMatch(/stderr|exit code (2|128|129)/);
      }
    }
  };
  for (const program of PROGRAMS.filter(({ name }) => locate(name) !== undefined)) {
    const files = program.minFiles === 2 ? ['a.x', 'b.x'] : ['a.x'];
    const pattern = program.pattern === undefined ? [] : ['two'];
    await check((option) => [program.name, option, '1', '--', ...pattern, ...files], program.options);
  }
  for (const [name, command] of Object.entries(SUBCOMMANDS)) {
    const operands = { blame: ['--', 'a.x'], diff: ['HEAD~1', 'HEAD'], grep: ['two'] }[name] ?? [];
    await check(
      (option) => ['git', name, ...(command.needs?.slice(0, 1) ?? []), option, '1', ...operands],
      command.options,
    );
  }
});

it('takes braces apart, nested ones too, and fails for too many', () => {
  expect(expandBraces('a{b,c{d,e}}')).toEqual(['ab', 'acd', 'ace']);
  expect(expandBraces('{x}')).toEqual(['{x}']);
  expect(expandBraces('a{')).toEqual(['a{']);
  expect(() => expandBraces('{a,b}'.repeat(12))).toThrow('more than 256 patterns');
});
