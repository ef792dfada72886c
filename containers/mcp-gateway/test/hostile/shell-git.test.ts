import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { HostileInput, hostileInputs, pairs } from './inputs';
import { ManifestCommandTool } from '../../src/manifest/manifest';
import { bundled } from '../../src/tools/bundled';
import { openShadow } from '../../src/tools/command/git/shadow';
import { runProcess } from '../../src/tools/command/run-process';
import { createTool } from '../../src/tools/registry';
import { git, makeRepository, Trap } from '../tools/command/git-repository';
import { commandTool, openSandbox, Outcome, Sandbox, use } from '../tools/support';

// Most tests start two dozen processes.
vi.setConfig({ testTimeout: 60_000 });

let sandbox: Sandbox;
let trap: Trap;

beforeEach(async () => {
  sandbox = await openSandbox((root, outside) => {
    makeRepository(root);
    trap = new Trap(outside);
  });
});

afterEach(async () => {
  await sandbox.close();
});

async function run(...argv: string[]): Promise<Outcome> {
  return use(await createTool(commandTool(argv), sandbox.environment), {});
}

/** Everything the gateway lets git do, one after the other. */
async function runAll(): Promise<string> {
  const outcomes = [
    await run('git', 'log', '-p', '--stat', '--all', '--decorate'),
    await run('git', 'show', 'HEAD'),
    await run('git', 'diff', 'HEAD~1..HEAD'),
    await run('git', 'blame', 'HEAD', '--', 'a.x'),
    await run('git', 'shortlog', '-s'),
    await run('git', 'grep', '-n', 'two'),
    await run('git', 'branch', '--list', '-v'),
    await run('git', 'tag', '--list'),
  ];
  for (const outcome of outcomes) {
    expect(outcome).toMatchObject({ kind: 'answered', text: expect.stringContaining('exit code 0') });
  }
  return outcomes.map((outcome) => (outcome.kind === 'answered' ? outcome.text : '')).join('\n');
}

type Check = (input: HostileInput) => Promise<void>;

/** The repository names a program; git itself would run it, the gateway's git does not. */
function neverRuns(configuration: () => Record<string, string>, proof?: () => void): Check {
  return async () => {
    for (const [key, value] of Object.entries(configuration())) {
      git(sandbox.root, 'config', key, value);
    }
    if (proof !== undefined) {
      trap.sprung();
      proof();
      expect(trap.sprung()).toBe(true);
    }
    await runAll();
    expect(trap.sprung()).toBe(false);
  };
}

const ignoringFailure = (work: () => void) => () => {
  try {
    work();
  } catch {
    // Only what it ran is of interest.
  }
};

const refusedAtStart: Check = async ({ input }) => {
  await expect(
    createTool(
      commandTool([input.command ?? '', ...(input.args ?? [])] as ManifestCommandTool['argv']),
      sandbox.environment,
    ),
  ).rejects.toThrow(/is not offered/);
  expect(existsSync('/tmp/x')).toBe(false);
};

const CHECKS: Record<string, Check> = {
  'filter.clean + .gitattributes': neverRuns(
    () => ({ 'filter.x.clean': trap.program, 'filter.x.smudge': trap.program }),
    () => {
      // Of the same size, so that git has to look inside.
      writeFileSync(join(sandbox.root, 'a.x'), 'new\n');
      git(sandbox.root, 'status');
    }),
  'diff.textconv': neverRuns(() => ({ 'diff.x.textconv': trap.program }), () => git(sandbox.root, 'log', '-p')),
  'gpg.program + log.showSignature': neverRuns(() => ({ 'gpg.program': trap.program, 'log.showSignature': 'true' })),
  // Without a terminal git starts no pager; asked for one, it would start this.
  'core.pager / pager.*': neverRuns(() => ({ 'core.pager': trap.program, 'pager.log': trap.program })),
  'core.hooksPath': async () => {
    git(sandbox.root, 'config', 'core.hooksPath', sandbox.outside);
    for (const command of [
      'commit',
      'checkout',
      'merge',
      'push',
      'fetch',
      'pull',
      'clone',
      'gc',
      'config',
      'status',
      'add',
      'stash',
      'worktree',
      'submodule',
    ]) {
      await expect(createTool(commandTool(['git', command]), sandbox.environment)).rejects.toThrow(
        `git ${command} is not offered`,
      );
    }
  },
  'promisor remote + lazy fetch': async () => {
    git(sandbox.root, 'config', 'core.repositoryformatversion', '1');
    git(sandbox.root, 'config', 'extensions.partialClone', 'x');
    git(sandbox.root, 'config', 'remote.x.url', `ext::${trap.program}`);
    git(sandbox.root, 'config', 'remote.x.promisor', 'true');
    git(sandbox.root, 'config', 'remote.x.uploadpack', trap.program);
    git(sandbox.root, 'config', 'protocol.ext.allow', 'always');
    const blob = git(sandbox.root, 'rev-parse', 'HEAD:a.x').trim();
    rmSync(join(sandbox.root, '.git', 'objects', blob.slice(0, 2), blob.slice(2)));
    ignoringFailure(() => git(sandbox.root, 'show', 'HEAD'))();
    expect(trap.sprung()).toBe(true);
    expect(await run('git', 'show', 'HEAD')).toMatchObject({ kind: 'answered', result: { isError: true } });
    expect(trap.sprung()).toBe(false);
  },
  'core.worktree=/etc': async () => {
    git(sandbox.root, 'config', 'core.worktree', '/etc');
    expect(await runAll()).not.toContain('passwd');
    await expect(createTool(commandTool(['git', 'ls-files', '-o']), sandbox.environment)).rejects.toThrow(
      'git ls-files is not offered',
    );
  },
  'include.path outside': async () => {
    writeFileSync(join(sandbox.outside, 'config'), `[diff "x"]\n\ttextconv = ${trap.program}\n`);
    git(sandbox.root, 'config', 'include.path', join(sandbox.outside, 'config'));
    git(sandbox.root, 'log', '-p');
    expect(trap.sprung()).toBe(true);
    await runAll();
    expect(trap.sprung()).toBe(false);
  },
  'submodule / nested repo': async () => {
    const nested = join(sandbox.root, 'sub');
    mkdirSync(nested);
    makeRepository(nested);
    git(nested, 'commit', '-q', '--allow-empty', '-m', 'nested-commit');
    const log = await run('git', 'log', '--all');
    expect(log).toMatchObject({ kind: 'answered', text: expect.stringContaining('second') });
    expect(JSON.stringify(log)).not.toContain('nested-commit');
    expect(
      JSON.stringify(
        await use(
          await createTool(commandTool(['git', 'log', '--all'], { workingDirectory: 'sub' }), sandbox.environment),
          {},
        ),
      ),
    ).not.toContain('nested-commit');
  },
  'dubious ownership': async () => {
    chownSync(join(sandbox.root, '.git'), 12345, 12345);
    expect(await run('git', 'log')).toEqual({
      kind: 'failed',
      message:
        'the repository belongs to uid 12345, who owns neither the workspace nor the gateway; change the owner of ' +
        '.git to that of the workspace',
    });
  },
  'git diff --output': refusedAtStart,
  'git -c alias': refusedAtStart,
  'git --exec-path': refusedAtStart,
  'git ls-remote ext': refusedAtStart,
  'git archive --exec': refusedAtStart,
  'git bundle create': refusedAtStart,
  'git blame --contents': refusedAtStart,
  'revision starts with dash': async () => {
    const tool = await createTool(commandTool(['git', 'show', { parameter: 'revision' }], {
      parameters: { revision: { type: 'text', maxLength: 100 } },
    }), sandbox.environment);
    expect(await use(tool, { revision: '--format=%H' })).toEqual({ kind: 'refused', rule: 'arguments' });
    for (const revision of ['HEAD..--output=/tmp/x', '^--all', 'HEAD:.env', 'HEAD^{tree}', ':/first', 'HEAD:src']) {
      expect(await use(tool, { revision }), revision).not.toMatchObject({
        text: expect.stringMatching(/SECRET|tree |deep/),
      });
    }
    expect(existsSync('/tmp/x')).toBe(false);
  },
};

it.each(pairs(hostileInputs('shell-git'), CHECKS))('%s', async (_, input, check) => {
  await check(input);
});

describe('what a repository names besides', () => {
  it(
    'fails to run core.fsmonitor',
    neverRunsAlone(
      () => ({ 'core.fsmonitor': trap.program }),
      () => git(sandbox.root, 'status'),
    ),
  );

  it(
    'fails to run an external diff',
    neverRunsAlone(
      () => ({ 'diff.external': trap.program, 'diff.x.command': trap.program }),
      () => git(sandbox.root, 'diff', 'HEAD~1..HEAD'),
    ),
  );

  it('fails to run an alias', neverRunsAlone(
    () => ({ 'alias.log': `!${trap.program}`, 'alias.evil': `!${trap.program}` }), () => git(sandbox.root, 'evil')));

  it('fails to run hooks', async () => {
    for (const hook of [
      'post-checkout',
      'reference-transaction',
      'post-index-change',
      'pre-auto-gc',
      'fsmonitor-watchman',
    ]) {
      symlinkSync(trap.program, join(sandbox.root, '.git', 'hooks', hook));
    }
    git(sandbox.root, 'checkout', '-q', '-b', 'other');
    expect(trap.sprung()).toBe(true);
    await runAll();
    expect(trap.sprung()).toBe(false);
  });

  it('fails to read objects of a repository outside, named as an alternate', async () => {
    const other = join(sandbox.outside, 'other');
    mkdirSync(other);
    makeRepository(other);
    writeFileSync(join(other, 'more'), 'OUTSIDE\n');
    git(other, 'add', 'more');
    git(other, 'commit', '-qm', 'OUTSIDE');
    const id = git(other, 'rev-parse', 'HEAD').trim();
    const alternates = join(sandbox.root, '.git', 'objects', 'info', 'alternates');
    mkdirSync(join(alternates, '..'), { recursive: true });
    writeFileSync(alternates, `${join(other, '.git', 'objects')}\n`);
    expect(git(sandbox.root, 'show', id)).toContain('OUTSIDE');
    expect(await run('git', 'show', id)).toEqual({
      kind: 'failed',
      message: expect.stringContaining('borrows objects'),
    });
  });

  it('fails to read a pack of another repository, named in a multi-pack-index', async () => {
    const other = join(sandbox.outside, 'other');
    mkdirSync(other);
    makeRepository(other);
    git(other, 'commit', '-q', '--allow-empty', '-m', 'OUTSIDE');
    const id = git(other, 'rev-parse', 'HEAD').trim();
    git(other, 'repack', '-adq');
    const [ours, theirs] = [sandbox.root, other].map((folder) => join(folder, '.git', 'objects', 'pack'));
    const [name] = readdirSync(theirs).filter((each) => each.endsWith('.idx'));
    const [stem] = name.split('.');
    for (const extension of ['idx', 'pack']) {
      copyFileSync(join(theirs, `${stem}.${extension}`), join(ours, `${stem}.${extension}`));
    }
    git(sandbox.root, 'multi-pack-index', 'write');
    // The same number of bytes, from the folder of packs to one beside the workspace.
    const elsewhere = `../../../../outside/${'p'.repeat(name.length - 24)}.idx`;
    for (const extension of ['idx', 'pack']) {
      renameSync(join(theirs, `${stem}.${extension}`), join(ours, elsewhere.replace(/idx$/, extension)));
      rmSync(join(ours, `${stem}.${extension}`));
    }
    const index = join(ours, 'multi-pack-index');
    chmodSync(index, 0o644);
    writeFileSync(index, readFileSync(index, 'latin1').replace(name, elsewhere), 'latin1');
    expect(git(sandbox.root, 'show', id)).toContain('OUTSIDE');
    const outcome = await run('git', 'show', id);
    expect(outcome).toMatchObject({ kind: 'failed', message: `there is no commit "${id}" in the repository` });
    expect(await run('git', 'log')).toMatchObject({ kind: 'answered', text: expect.stringContaining('second') });
  });

  it('fails to follow an alternate that appears after the check', async () => {
    const other = join(sandbox.outside, 'other');
    mkdirSync(other);
    makeRepository(other);
    git(other, 'commit', '-q', '--allow-empty', '-m', 'OUTSIDE');
    const id = git(other, 'rev-parse', 'HEAD').trim();
    const info = join(sandbox.root, '.git', 'objects', 'info');
    mkdirSync(info, { recursive: true });
    const scratch = join(sandbox.outside, 'scratch');
    mkdirSync(scratch);
    const signal = AbortSignal.timeout(10_000);
    const { workspace } = sandbox.environment;
    const shadow = await openShadow({ workspace, reader: bundled('git-reader.cjs'), folder: scratch, signal });
    writeFileSync(join(info, 'alternates'), `${join(other, '.git', 'objects')}\n`);
    expect(git(sandbox.root, 'show', id)).toContain('OUTSIDE');
    const show = async (what: string) =>
      runProcess({ ...shadow.process, file: '/usr/bin/git', args: ['show', what], maxOutputBytes: 10_000, signal });
    expect((await show('HEAD')).stdout.toString()).toContain('second');
    expect(await show(id)).toMatchObject({ exitCode: 128, stdout: Buffer.alloc(0) });
    await shadow.close();
  });

  it.each(['a folder of objects', 'an object', 'a pack', 'the folder of packs'])(
    'fails when %s is a link, which could lead to another repository',
    async (what) => {
      const other = join(sandbox.outside, 'other');
      mkdirSync(other);
      makeRepository(other);
      git(other, 'commit', '-q', '--allow-empty', '-m', 'OUTSIDE');
      const id = git(other, 'rev-parse', 'HEAD').trim();
      const [ours, theirs] = [sandbox.root, other].map((folder) => join(folder, '.git', 'objects'));
      const [folder, name] = [id.slice(0, 2), id.slice(2)];
      if (what === 'an object') {
        mkdirSync(join(ours, folder), { recursive: true });
        symlinkSync(join(theirs, folder, name), join(ours, folder, name));
      } else if (what === 'a folder of objects') {
        for (const each of readdirSync(theirs).filter((entry) => entry.length === 2)) {
          rmSync(join(ours, each), { recursive: true, force: true });
          symlinkSync(join(theirs, each), join(ours, each));
        }
      } else {
        git(other, 'repack', '-adq');
        if (what === 'a pack') {
          readdirSync(join(theirs, 'pack')).forEach((each) =>
            symlinkSync(join(theirs, 'pack', each), join(ours, 'pack', each)),
          );
        } else {
          rmSync(join(ours, 'pack'), { recursive: true });
          symlinkSync(join(theirs, 'pack'), join(ours, 'pack'));
        }
      }
      // Not log: it looks at the parent too, which may be missing.
      expect(git(sandbox.root, 'cat-file', 'commit', id)).toContain('OUTSIDE');
      const outcome = await run('git', 'log', id);
      expect(outcome).toMatchObject({ kind: 'failed' });
      expect(JSON.stringify(outcome)).not.toContain('OUTSIDE');
    },
  );

  it.each(['HEAD', 'packed-refs', 'shallow', 'objects', 'objects/pack', 'objects/ab', 'refs'])(
    'fails when %s is a pipe, which never ends',
    async (name) => {
      const path = join(sandbox.root, '.git', name);
      rmSync(path, { recursive: true, force: true });
      execFileSync('mkfifo', [path]);
      expect(await run('git', 'log')).toEqual({
        kind: 'failed',
        message: expect.stringMatching(
          new RegExp(`^the repository cannot be read: \\.git/${name} is not a (file|folder); `),
        ),
      });
    },
  );

  it('fails for a .git file, a linked .git and a linked object folder', async () => {
    const moved = join(sandbox.outside, 'moved');
    renameSync(join(sandbox.root, '.git'), moved);
    writeFileSync(join(sandbox.root, '.git'), `gitdir: ${moved}\n`);
    expect(git(sandbox.root, 'log')).toContain('second');
    expect(await run('git', 'log')).toMatchObject({
      kind: 'failed',
      message: expect.stringContaining('.git must be a folder'),
    });
    rmSync(join(sandbox.root, '.git'));
    symlinkSync(moved, join(sandbox.root, '.git'));
    expect(await run('git', 'log')).toMatchObject({ kind: 'failed' });
    rmSync(join(sandbox.root, '.git'));
    renameSync(moved, join(sandbox.root, '.git'));
    renameSync(join(sandbox.root, '.git', 'objects'), join(sandbox.outside, 'objects'));
    symlinkSync(join(sandbox.outside, 'objects'), join(sandbox.root, '.git', 'objects'));
    expect(await run('git', 'log')).toMatchObject({ kind: 'failed' });
    rmSync(join(sandbox.root, '.git', 'objects'));
    renameSync(join(sandbox.outside, 'objects'), join(sandbox.root, '.git', 'objects'));
    expect(await run('git', 'log')).toMatchObject({ kind: 'answered' });
  });

  it('fails for no repository', async () => {
    rmSync(join(sandbox.root, '.git'), { recursive: true });
    expect(await run('git', 'log')).toMatchObject({
      kind: 'failed',
      message: expect.stringContaining('not the root of a git repository'),
    });
  });

  it('leaves nothing behind, in the workspace or in the temporary folder', async () => {
    vi.stubEnv('TMPDIR', sandbox.outside);
    const before = readdirSync(sandbox.outside);
    const status = git(sandbox.root, 'status', '--porcelain', '--ignored');
    await runAll();
    expect(git(sandbox.root, 'status', '--porcelain', '--ignored')).toBe(status);
    const { workspace } = sandbox.environment;
    const kept = basename(workspace.temporaryFolder());
    expect(readdirSync(sandbox.outside).filter((name) => name !== kept)).toEqual(before);
    await workspace.close();
    expect(readdirSync(sandbox.outside)).toEqual(before);
    vi.unstubAllEnvs();
  });
});

function neverRunsAlone(configuration: () => Record<string, string>, proof: () => void): () => Promise<void> {
  return async () => neverRuns(configuration, ignoringFailure(proof))({ area: '', name: '', input: {}, expect: '' });
}
