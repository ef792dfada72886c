import { chownSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, copyFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FakeToolbox } from './support';

let toolbox: FakeToolbox;
beforeEach(() => {
  toolbox = new FakeToolbox();
  toolbox.gatewayRuns();
});
afterEach(() => toolbox.remove());

function composeFile(): string | undefined {
  const call = toolbox.calls().at(-1) ?? [];
  return call[call.indexOf('--file') + 1];
}

describe('the compose file', () => {
  test('is found from any folder', () => {
    expect(toolbox.run(['exec', 'ping'], { cwd: tmpdir() }).code).toBe(0);
    expect(composeFile()).toBe(toolbox.draft);
  });

  test('is found through symbolic links, relative ones too', () => {
    const folder = mkdtempSync(join(toolbox.root, 'links-'));
    symlinkSync(toolbox.program, join(folder, 'first'));
    symlinkSync('first', join(folder, 'second'));
    expect(toolbox.run(['exec', 'ping'], { cwd: '/', program: join(folder, 'second') }).code).toBe(0);
    expect(composeFile()).toBe(toolbox.draft);
  });

  test('is found in a folder whose name has spaces and quotes', () => {
    const moved = `${toolbox.root} it's "moved"`;
    renameSync(toolbox.root, moved);
    try {
      const env = { FAKE_STATE: moved, PATH: join(moved, 'path') };
      expect(toolbox.run(['exec', 'ping'], { cwd: '/', program: join(moved, 'bin', 'gcodex'), env })).toMatchObject({ code: 0, stderr: '' });
    } finally {
      renameSync(moved, toolbox.root);
    }
    expect(toolbox.inContainer()).toContain('ping');
  });

  test('is the approved one rather than the draft', () => {
    const approved = join(toolbox.root, 'dist', 'compose', 'docker-compose.yml');
    copyFileSync(toolbox.draft, approved);
    toolbox.run(['exec', 'ping']);
    expect(composeFile()).toBe(approved);
  });

  test('may be named', () => {
    const other = join(toolbox.root, 'dist', 'compose', 'other.yml');
    renameSync(toolbox.draft, other);
    toolbox.run(['exec', 'ping'], { env: { TOOLBOX_COMPOSE_FILE: 'dist/compose/other.yml' } });
    expect(composeFile()).toBe(other);
  });
});

describe('the workspace', () => {
  test('is made when it is missing', () => {
    rmSync(toolbox.workspace, { recursive: true });
    expect(toolbox.run(['exec', 'ping']).stderr).toBe(`gcodex: made the workspace folder ${toolbox.workspace}\n`);
    expect(existsSync(toolbox.workspace)).toBe(true);
  });

  test('fails when it cannot be made', () => {
    rmSync(toolbox.workspace, { recursive: true });
    symlinkSync('/proc/nowhere', toolbox.workspace);
    expect(toolbox.run(['exec', 'ping'])).toMatchObject({ code: 77, stderr: expect.stringContaining('cannot be made') });
  });

  test('is entered at the folder in which the person stands', () => {
    const folder = join(toolbox.workspace, 'project', 'src');
    mkdirSync(folder, { recursive: true });
    toolbox.run(['exec', 'ping'], { cwd: folder });
    expect(toolbox.runOptions()?.join(' ')).toContain('--workdir /workspace/project/src');
  });

  test('is entered at its top from anywhere else', () => {
    toolbox.run(['exec', 'ping'], { cwd: tmpdir() });
    expect(toolbox.runOptions()).not.toContain('--workdir');
  });
});

describe('the container runs as', () => {
  const root = process.getuid!() === 0;

  function user(env: Record<string, string> = {}): string | undefined {
    toolbox.run(['exec', 'ping'], { env });
    const options = toolbox.runOptions()!;
    return options.includes('--user') ? options[options.indexOf('--user') + 1] : undefined;
  }

  test('the person on a Linux engine; for root, whoever owns the workspace', () => {
    if (root) {
      chownSync(toolbox.workspace, 1234, 5678);
    }
    expect(user()).toBe(root ? '1234:5678' : `${process.getuid!()}:${process.getgid!()}`);
  });

  test('the image\'s own user on Docker Desktop', () => expect(user({ FAKE_ENGINE: 'Docker Desktop [name=seccomp]' })).toBeUndefined());
  test('root on a rootless engine, where root is the person', () => expect(user({ FAKE_ENGINE: 'Debian [name=seccomp name=rootless]' })).toBe('0:0'));
  test('whom the person names', () => expect(user({ GCODEX_USER: '7:8' })).toBe('7:8'));
  test('the image\'s own user when the person says so', () => expect(user({ GCODEX_USER: 'image' })).toBeUndefined());
});
