import { execFileSync } from 'node:child_process';
import {
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  copyFileSync,
  writeFileSync,
} from 'node:fs';
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

  test('is given the files of its variables, and gcodex reads parameters as Compose does', () => {
    toolbox.addEnvironment("'${LEVEL:-a$$b}'", "'${A:?set the secret A in config/app.env}'");
    writeFileSync(toolbox.draft, readFileSync(toolbox.draft, 'utf8')
      .replace("'../../shared'", "'../../${DATA:-shared}'")
      .replace('codex-cli:0.42.0', 'codex-cli:${TAG:-1}'));
    mkdirSync(join(toolbox.root, 'config'));
    writeFileSync(join(toolbox.root, 'config', 'app.env'), 'A=not-a-secret\n');
    writeFileSync(toolbox.envFile, 'TAG="0.42.0" # tested\nDATA=\nCOMPOSE_PROJECT_NAME=mine\n');
    expect(toolbox.run(['exec', 'ping'])).toMatchObject({ code: 0 });
    const calls = toolbox.calls();
    const files = ['--env-file', join(toolbox.root, 'config/app.env'), '--env-file', toolbox.envFile];
    const composed = calls.filter(([first, second]) => first === 'compose' && second !== 'version');
    expect(composed.map((words) => words.slice(1, 5))).toEqual(composed.map(() => files));
    expect(composed.every((words) => words[words.indexOf('--project-name') + 1] === 'mine')).toBe(true);
    expect(calls).toContainEqual(['image', 'inspect', 'garvis/codex-cli:0.42.0']);
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
    toolbox.forget();
    renameSync(toolbox.root, moved);
    try {
      const env = { FAKE_STATE: moved, TMPDIR: moved, PATH: join(moved, 'path') };
      expect(toolbox.run(['exec', 'ping'], { cwd: '/', program: join(moved, 'bin', 'gcodex'), env })).toMatchObject({
        code: 0,
      });
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

  test.each<[string, (text: string) => string]>([
    ['without quotes where YAML needs none', (text) => text.replace(/'/g, '')],
    ['with double quotes', (text) => text.replace(/'/g, '"')],
    ['with lists that are not indented', (text) => text.replace(/^ {2}( +- )/gm, '$1')],
  ])('is read %s', (_title, rewrite) => {
    writeFileSync(toolbox.draft, rewrite(readFileSync(toolbox.draft, 'utf8')));
    expect(
      toolbox.run(['exec', 'ping'], {
        cwd: toolbox.workspace,
        env: { FAKE_CHANGED: 'mcp-gateway', FAKE_HEALTH: 'health: starting' },
      }).code,
    ).toBe(0);
    expect(composeFile()).toBe(toolbox.draft);
    expect(toolbox.broughtUp()).toEqual(['host-relay', 'mcp-gateway']);
    expect(
      toolbox
        .calls()
        .find((call) => call.includes('exec'))
        ?.slice(-4),
    ).toEqual(['-T', 'mcp-gateway', 'mcp-gateway', '--health-check']);
  });

  test('may be named', () => {
    const other = join(toolbox.root, 'dist', 'compose', 'other.yml');
    renameSync(toolbox.draft, other);
    toolbox.run(['exec', 'ping'], { env: { TOOLBOX_COMPOSE_FILE: 'dist/compose/other.yml' } });
    expect(composeFile()).toBe(other);
  });
});

describe('the project', () => {
  const asked = (): string => {
    const [call] = toolbox.calls().filter((one) => one.includes('run'));
    return call[call.indexOf('--project-name') + 1];
  };
  const nameBeside = (text: string): void => writeFileSync(join(toolbox.root, 'dist', 'compose', '.env'), text);

  test('has the name in the compose file', () => {
    toolbox.run(['exec', 'ping']);
    expect(asked()).toBe('garvis');
  });

  test.each([
    ['COMPOSE_PROJECT_NAME=mine\n', 'mine'],
    ['A=b\nCOMPOSE_PROJECT_NAME=first\n export COMPOSE_PROJECT_NAME = "last" # why\n', 'last'],
    ["COMPOSE_PROJECT_NAME='mine'\r\n", 'mine'],
    ['#COMPOSE_PROJECT_NAME=mine\nMY_COMPOSE_PROJECT_NAME=mine\n', 'garvis'],
  ])('has the name beside the compose file, read as Compose reads it: %j', (text, name) => {
    nameBeside(text);
    toolbox.run(['exec', 'ping']);
    expect(asked()).toBe(name);
  });

  test('has the name in the environment before all', () => {
    nameBeside('COMPOSE_PROJECT_NAME=mine\n');
    toolbox.run(['exec', 'ping'], { env: { COMPOSE_PROJECT_NAME: 'other' } });
    expect(asked()).toBe('other');
  });

  test('is written into the commands for a person if Compose would not find it', () => {
    const env = { FAKE_MISSING_IMAGES: 'garvis/codex-cli:0.42.0', COMPOSE_PROJECT_NAME: 'other' };
    expect(toolbox.run(['exec', 'ping'], { env }).stderr).toMatch(/-f \S+ -p other build codex-cli/);
  });

  describe('of another folder', () => {
    const other = '/elsewhere/dist/compose';
    const refused = { code: 83, stderr: expect.stringContaining(`The Compose project garvis belongs to ${other}`) };

    test.each([
      ['with a service', { folder: other }],
      ['with a one-off', { folder: other, oneOff: true }],
      ['that is stopped', { folder: other, state: 'Exited (0) 3 days ago' }],
    ])('is refused %s, before anything is changed', (_title, container) => {
      toolbox.has('mcp-gateway', container);
      for (const args of [['exec', 'ping'], ['--tool', 'fs_read', '--dry-run'], ['proto'], ['mcp', 'list']]) {
        expect(toolbox.run(args)).toMatchObject(refused);
      }
      expect(toolbox.broughtUp()).toBeUndefined();
      expect(toolbox.inContainer()).toBeUndefined();
    });

    test('is refused with a command that gives this folder a project of its own', () => {
      toolbox.has('mcp-gateway', { folder: other });
      const [, command] = /project of its own: (echo .*?);/.exec(toolbox.run(['exec', 'ping']).stderr) ?? [];
      execFileSync('sh', ['-c', command]);
      toolbox.forget();
      expect(toolbox.run(['exec', 'ping']).code).toBe(0);
      expect(asked()).toMatch(/^garvis-\d+$/);
    });

    test('is not another one through a symbolic link', () => {
      const link = join(toolbox.root, 'link');
      symlinkSync(join(toolbox.root, 'dist', 'compose'), link);
      toolbox.has('codex-cli', { folder: link, oneOff: true });
      expect(toolbox.run(['exec', 'ping']).code).toBe(0);
    });
  });
});

describe('the workspace', () => {
  test('is created if it is missing', () => {
    rmSync(toolbox.workspace, { recursive: true });
    expect(toolbox.run(['exec', 'ping']).stderr).toBe(`gcodex: created the workspace folder ${toolbox.workspace}\n`);
    expect(existsSync(toolbox.workspace)).toBe(true);
  });

  test('fails when it cannot be created', () => {
    rmSync(toolbox.workspace, { recursive: true });
    symlinkSync('/proc/nowhere', toolbox.workspace);
    expect(toolbox.run(['exec', 'ping'])).toMatchObject({
      code: 77,
      stderr: expect.stringContaining('cannot be created'),
    });
  });

  test('is entered at the person\'s current folder', () => {
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

  test("the image's own user on Docker Desktop", () =>
    expect(user({ FAKE_ENGINE: 'Docker Desktop [name=seccomp]' })).toBeUndefined());
  test('root on a rootless engine, where root is the person', () =>
    expect(user({ FAKE_ENGINE: 'Debian [name=seccomp name=rootless]' })).toBe('0:0'));
  test('whom the person names', () => expect(user({ GCODEX_USER: '7:8' })).toBe('7:8'));
  test('the image\'s own user when the person says so', () => expect(user({ GCODEX_USER: 'image' })).toBeUndefined());
});
