import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  linkSync,
  mkdirSync,
  readdirSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
  renameSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Denial, ToolFailure } from '../../src/tools/tool';
import { PathPolicy, Workspace } from '../../src/workspace';
import { openSandbox, Sandbox } from '../tools/support';

const ALL = PathPolicy.of({ allow: ['**'] });
let sandbox: Sandbox;
let workspace: Workspace;

beforeEach(async () => {
  sandbox = await openSandbox((root, outside) => {
    writeFileSync(join(root, 'ok.txt'), 'hello');
    writeFileSync(join(outside, 'secret.txt'), 'SECRET');
    mkdirSync(join(root, 'docs', 'private'), { recursive: true });
    writeFileSync(join(root, 'docs', 'a.md'), 'a');
    writeFileSync(join(root, 'docs', 'private', 'p.md'), 'p');
    writeFileSync(join(root, '.env'), 'TOKEN=1');
  });
  workspace = sandbox.environment.workspace;
});

afterEach(async () => {
  await sandbox.close();
});

async function attempt(path: string, paths = ALL): Promise<string> {
  try {
    const file = await workspace.openFile(path, { paths });
    try {
      return `content ${(await file.readAll()).toString()}`;
    } finally {
      await file.close();
    }
  } catch (error) {
    return error instanceof Denial
      ? `denied ${error.rule}`
      : error instanceof ToolFailure
        ? `failed ${error.message}`
        : String(error);
  }
}

function link(target: string, name: string): void {
  symlinkSync(target, join(sandbox.root, name));
}

describe('the wall', () => {
  it('opens a regular file below the root, by relative and by absolute name', async () => {
    expect(await attempt('ok.txt')).toBe('content hello');
    expect(await attempt(join(sandbox.root, 'docs/a.md'))).toBe('content a');
  });

  it('follows symbolic links that stay below the root', async () => {
    link('ok.txt', 'in');
    link('docs', 'd');
    link('../ok.txt', 'docs/up');
    link(join(sandbox.root, 'docs'), 'absolute');
    expect(await attempt('in')).toBe('content hello');
    expect(await attempt('d/a.md')).toBe('content a');
    expect(await attempt('docs/up')).toBe('content hello');
    expect(await attempt('absolute/a.md')).toBe('content a');
  });

  it('returns where the file really is', async () => {
    link('docs', 'd');
    const file = await workspace.openFile('d/a.md', { paths: ALL });
    expect(file.path).toBe('docs/a.md');
    await file.close();
  });

  it('fails for symbolic links that leave the root, alike whether their target exists or not', async () => {
    link(join(sandbox.outside, 'secret.txt'), 'l');
    link('l', 'l2');
    link(sandbox.outside, 'd');
    link('../outside/secret.txt', 'relative');
    link(join(sandbox.outside, 'missing.txt'), 'nothing');
    link('../../../../../../../../etc/passwd', 'far');
    for (const path of ['l', 'l2', 'd/secret.txt', 'd/missing.txt', 'relative', 'nothing', 'far']) {
      expect(await attempt(path), path).toBe('denied path.outside');
    }
  });

  it('fails for a link to a name the policy closes, alike whether it exists or not', async () => {
    link('.env', 'l');
    link('.env.local', 'm');
    expect(await attempt('l')).toBe('denied path.policy');
    expect(await attempt('m')).toBe('denied path.policy');
  });

  it('fails for names the policy closes, alike whether they exist or not', async () => {
    const narrow = PathPolicy.of({ allow: ['docs/*.md', 'deep/**/*.ts'] });
    writeFileSync(join(sandbox.root, 'docs', 'x.txt'), '');
    mkdirSync(join(sandbox.root, 'deep', 'here'), { recursive: true });
    writeFileSync(join(sandbox.root, 'deep', 'here', 'y.txt'), '');
    for (const path of [
      'ok.txt',
      'nothing.txt',
      'docs/x.txt',
      'docs/none.txt',
      'deep/here/y.txt',
      'deep/here/none.txt',
    ]) {
      expect(await attempt(path, narrow), path).toBe('denied path.policy');
    }
    for (const path of ['deep/here/y.txt', 'deep/here/none.txt', 'deep/none']) {
      await expect(workspace.openFolder(path, { paths: narrow }), path).rejects.toMatchObject({ rule: 'path.policy' });
      await expect(workspace.stat(path, { paths: narrow }), path).rejects.toMatchObject({ rule: 'path.policy' });
    }
    await expect(workspace.stat('deep/here', { paths: narrow })).resolves.toMatchObject({ kind: 'folder' });
  });

  it('fails for loops and long names with a message that names no path', async () => {
    link('loop', 'loop');
    expect(await attempt('loop')).toBe('failed too many symbolic links');
    expect(await attempt('a'.repeat(300))).toBe('failed a name in the path is too long');
    expect(await attempt('none.txt')).toBe('failed no such file or folder');
    expect(await attempt('ok.txt/x')).toBe('failed a part of the path is not a folder');
    expect(await attempt('ok.txt/')).toBe('failed a part of the path is not a folder');
    expect(await attempt('docs')).toBe('failed it is a folder');
    expect(await attempt('')).toBe('failed it is a folder');
  });

  it('fails at once for pipes, sockets and devices, and does not open them', async () => {
    execFileSync('mkfifo', [join(sandbox.root, 'pipe')]);
    link('/dev/zero', 'zero');
    const server = createServer().listen(join(sandbox.root, 'sock'));
    await new Promise((resolve) => server.once('listening', resolve));
    expect(await attempt('pipe')).toBe('denied file.kind');
    expect(await attempt('sock')).toBe('denied file.kind');
    expect(await attempt('zero')).toBe('denied path.outside');
    server.close();
  });

  it('fails for a file with another hard link, whose name cannot be judged', async () => {
    linkSync(join(sandbox.outside, 'secret.txt'), join(sandbox.root, 'linked.txt'));
    expect(await attempt('linked.txt')).toBe('denied file.hard-link');
  });

  it('fails for a file above the limit, before reading it', async () => {
    writeFileSync(join(sandbox.root, 'sparse'), '');
    truncateSync(join(sandbox.root, 'sparse'), 2 ** 31);
    expect(await attempt('sparse')).toBe('failed the file has 2147483648 bytes; this tool opens at most 67108864');
    await expect(workspace.openFile('ok.txt', { paths: ALL, maxBytes: 4 })).rejects.toThrow('opens at most 4');
  });

  it.runIf(process.geteuid?.() === 0 && process.seteuid !== undefined)(
    'fails for a file without permission with a message that names no path',
    async () => {
      chmodSync(join(sandbox.root, 'ok.txt'), 0o000);
      chmodSync(join(sandbox.root, '..'), 0o755);
      process.seteuid?.(12345);
      try {
        expect(await attempt('ok.txt')).toBe('failed the gateway has no permission to read it');
      } finally {
        process.seteuid?.(0);
      }
    },
  );

  it('reads the file that was opened, even when its name is given to another', async () => {
    const file = await workspace.openFile('ok.txt', { paths: ALL });
    rmSync(join(sandbox.root, 'ok.txt'));
    link(join(sandbox.outside, 'secret.txt'), 'ok.txt');
    expect((await file.readAll()).toString()).toBe('hello');
    await file.close();
  });

  it('reads no more than there was when the file was judged', async () => {
    const file = await workspace.openFile('ok.txt', { paths: ALL });
    writeFileSync(join(sandbox.root, 'ok.txt'), 'hello and much more');
    expect((await file.readAll()).toString()).toBe('hello');
    expect((await file.read(3, 100)).toString()).toBe('lo');
    await file.close();
  });

  it('lists a folder, with links reported as links', async () => {
    link('/etc', 'docs/etc');
    const folder = await workspace.openFolder('docs', { paths: ALL });
    const entries = [];
    for await (const entry of folder.entries()) {
      entries.push(entry);
    }
    await folder.close();
    expect(entries.sort((a, b) => a.name.localeCompare(b.name))).toEqual([
      { name: 'a.md', kind: 'file', isNameable: true },
      { name: 'etc', kind: 'link', isNameable: true },
      { name: 'private', kind: 'folder', isNameable: true },
    ]);
  });

  it('escapes names that are not UTF-8, each in its own way', async () => {
    for (const name of [[0xff, 0xfe], [0x61, 0x22, 0x5c, 0x78, 0xff], [0x0a, 0xc3, 0xa9, 0xc3]]) {
      writeFileSync(Buffer.concat([Buffer.from(`${sandbox.root}/docs/private/`), Buffer.from(name)]), '');
    }
    const folder = await workspace.openFolder('docs/private', { paths: ALL });
    const names = [];
    for await (const { name, isNameable } of folder.entries()) {
      names.push([name, isNameable]);
    }
    await folder.close();
    expect(names.sort()).toEqual([
      ['\\x0a\\xc3\\xa9\\xc3', false],
      ['\\xff\\xfe', false],
      ['a\\x22\\x5cx\\xff', false],
      ['p.md', true],
    ]);
  });

  it('leaves no descriptor open over 1,000 denied calls', async () => {
    link(join(sandbox.outside, 'secret.txt'), 'l');
    execFileSync('mkfifo', [join(sandbox.root, 'pipe')]);
    const paths = [
      'l',
      'pipe',
      'docs/none',
      '.env',
      '../x',
      '/etc/passwd',
      'ok.txt/',
      'docs',
      'docs/private/../x',
      'none/none',
    ];
    const before = readdirSync('/proc/self/fd').length;
    for (let round = 0; round < 100; round += 1) {
      for (const path of paths) {
        expect(await attempt(path)).not.toMatch(/^content/);
      }
    }
    expect(readdirSync('/proc/self/fd').length).toBeLessThanOrEqual(before);
  });
});

describe('opening a workspace', () => {
  it('works when the root is a symbolic link, by both of its names', async () => {
    const name = join(sandbox.outside, 'link-to-root');
    symlinkSync(sandbox.root, name);
    const linked = await Workspace.open(name);
    for (const path of ['ok.txt', join(name, 'ok.txt'), join(sandbox.root, 'ok.txt')]) {
      const file = await linked.openFile(path, { paths: ALL });
      expect(file.path).toBe('ok.txt');
      await file.close();
    }
    await linked.close();
  });

  it.runIf(canMount())('works when the root is a bind mount, and follows none of its links out', async () => {
    const mount = join(sandbox.outside, 'mount');
    mkdirSync(mount);
    execFileSync('mount', ['--bind', sandbox.root, mount]);
    try {
      link('../secret.txt', 'out');
      const mounted = await Workspace.open(mount);
      const file = await mounted.openFile('docs/a.md', { paths: ALL });
      expect((await file.readAll()).toString()).toBe('a');
      await file.close();
      await expect(mounted.openFile('out', { paths: ALL })).rejects.toMatchObject({ rule: 'path.outside' });
      await mounted.close();
    } finally {
      execFileSync('umount', [mount]);
    }
  });

  it('fails for a root that is missing, a file or the whole file system', async () => {
    await expect(Workspace.open(join(sandbox.root, 'none'))).rejects.toThrow('is not a folder that can be opened');
    await expect(Workspace.open(join(sandbox.root, 'ok.txt'))).rejects.toThrow('is not a folder that can be opened');
    await expect(Workspace.open('/')).rejects.toThrow('choose a folder of its own');
  });

  it.runIf(canMount())('fails where /proc is not mounted', async () => {
    const bundle = join(sandbox.outside, 'workspace.mjs');
    await build({
      entryPoints: [fileURLToPath(new URL('../../src/workspace/index.ts', import.meta.url))],
      bundle: true,
      platform: 'node',
      format: 'esm',
      outfile: bundle,
    });
    const script = `import(${JSON.stringify(bundle)}).then(m => m.Workspace.open('/tmp')).then(() => ` +
      'console.log(\'opened\'), error => console.log(error.message))';
    const output = execFileSync(
      'unshare',
      ['-m', 'sh', '-c', 'mount -t tmpfs none /proc && exec "$0" -e "$1"', process.execPath, script],
      { encoding: 'utf8' },
    );
    expect(output).toContain(
      '/proc is not mounted: the gateway cannot see where an opened file stands, and opens none; mount /proc',
    );
  });

  it('finds out when the root is replaced', async () => {
    await expect(workspace.check()).resolves.toBeUndefined();
    renameSync(sandbox.root, `${sandbox.root}-moved`);
    await expect(workspace.check()).rejects.toThrow('was moved, replaced or unmounted');
    mkdirSync(sandbox.root);
    await expect(workspace.check()).rejects.toThrow('was moved, replaced or unmounted');
  });
});

function canMount(): boolean {
  try {
    execFileSync('unshare', ['-m', 'true'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
