import { FakeToolbox } from './support';

let toolbox: FakeToolbox;
beforeEach(() => {
  toolbox = new FakeToolbox();
  toolbox.gatewayRuns();
});
afterEach(() => toolbox.remove());

const MESSAGE = '/tmp/last-message';
const EXEC = ['--skip-git-repo-check', '--output-last-message', MESSAGE];
const HOST = '--host=172.17.0.1';
const JUDGED = ['with-model', HOST, 'with-answer', MESSAGE, 'codex'];
const ofModel = (model: string): string[] => ['with-model', HOST, `--model=${model}`, 'with-answer', MESSAGE, 'codex'];

describe('a task', () => {
  test.each<[string, string[], string[]]>([
    ['gets the profile after exec', ['exec', 'ping'], [...JUDGED, 'exec', '--profile', 'garvis', ...EXEC, 'ping']],
    ['may be abbreviated', ['e', 'ping'], [...JUDGED, 'e', '--profile', 'garvis', ...EXEC, 'ping']],
    [
      'keeps options before exec',
      ['-m', 'exec', 'exec', 'ping'],
      [...ofModel('exec'), '-m', 'exec', 'exec', '--profile', 'garvis', ...EXEC, 'ping'],
    ],
    [
      'has a profile before exec moved',
      ['--profile', 'mine', 'exec', 'ping'],
      [...JUDGED, 'exec', '--profile', 'mine', ...EXEC, 'ping'],
    ],
    [
      'has a profile in one word before exec moved',
      ['-pmine', 'exec', 'ping'],
      [...JUDGED, 'exec', '--profile', 'mine', ...EXEC, 'ping'],
    ],
    [
      'has --profile=NAME before exec moved',
      ['-s', 'read-only', '--profile=mine', 'exec'],
      [...JUDGED, '-s', 'read-only', 'exec', '--profile', 'mine', ...EXEC],
    ],
    [
      'has a profile behind the task moved',
      ['exec', 'ping', '-p', 'mine'],
      [...JUDGED, 'exec', '--profile', 'mine', ...EXEC, 'ping'],
    ],
    [
      'has a profile behind resume moved, which has none',
      ['exec', 'go', 'resume', '--last', '--profile', 'mine'],
      ['with-session', '--last', ...JUDGED, 'exec', '--profile', 'mine', ...EXEC, 'go', 'resume', '--last'],
    ],
    [
      'has the last of several profiles',
      ['-p', 'one', 'exec', '--profile=two', 'ping', '-pthree'],
      [...JUDGED, 'exec', '--profile', 'three', ...EXEC, 'ping'],
    ],
    [
      'keeps what follows two dashes',
      ['exec', '--', '--profile'],
      [...JUDGED, 'exec', '--profile', 'garvis', ...EXEC, '--', '--profile'],
    ],
    [
      'keeps spaces, quotes and empty words',
      ['exec', 'a "b"  c', ''],
      [...JUDGED, 'exec', '--profile', 'garvis', ...EXEC, 'a "b"  c', ''],
    ],
    [
      'after files',
      ['-i', 'a.png', 'exec', '--full-auto', 'exec', 'x'],
      [...JUDGED, '-i', 'a.png', 'exec', '--full-auto', 'exec', '--profile', 'garvis', ...EXEC, 'x'],
    ],
    [
      'after a word, as codex reads it',
      ['word', 'exec', 'x'],
      [...JUDGED, 'word', 'exec', '--profile', 'garvis', ...EXEC, 'x'],
    ],
  ])('%s', (_title, args, expected) => {
    expect(toolbox.run(args)).toMatchObject({ code: 0, stderr: '' });
    expect(toolbox.inContainer()).toEqual(expected);
  });

  test('is judged by the file that the person names', () => {
    toolbox.run(['exec', '--skip-git-repo-check', '--output-last-message', 'out.txt', 'ping']);
    expect(toolbox.inContainer()).toEqual([
      'with-model',
      HOST,
      'with-answer',
      'out.txt',
      'codex',
      'exec',
      '--profile',
      'garvis',
      '--skip-git-repo-check',
      '--output-last-message',
      'out.txt',
      'ping',
    ]);
  });

  test.each([
    [['exec', '--oss', 'ping']],
    [['exec', '-c', 'model_provider=other', 'ping']],
    [['exec', '--config=model_providers.x.base_url="http://x/v1"', 'ping']],
  ])('does not ask the model server of the toolbox when %j names another', (args) => {
    toolbox.run(args);
    expect(toolbox.inContainer()?.slice(0, 3)).toEqual(['with-answer', MESSAGE, 'codex']);
  });

  test.each([
    [['exec', '--model=other', 'ping']],
    [['-mother', 'exec', 'ping']],
    [['exec', '-c', 'model="other"', 'ping']],
    [['exec', '--config=model=other', 'ping']],
  ])('asks the model server for the model that %j names', (args) => {
    toolbox.run(args);
    expect(toolbox.inContainer()?.slice(0, 3)).toEqual(['with-model', HOST, '--model=other']);
  });

  test.each([
    ['Docker Desktop [name=seccomp]', '--host=127.0.0.1'],
    ['Debian [name=seccomp name=rootless]', '--host='],
  ])('on the engine %s the model server on the host is advised to listen at %s', (engine, host) => {
    toolbox.run(['exec', 'ping'], { env: { FAKE_ENGINE: engine } });
    expect(toolbox.inContainer()?.[1]).toBe(host);
  });

  test.each([
    [['exec', 'go on', 'resume', '--last'], '--last'],
    [['exec', 'resume', '--last'], '--last'],
    [['exec', 'resume', '-c', 'a=b', 'AN-ID', 'go on'], 'AN-ID'],
  ])('resumes a session only if there is one: %j', (args, session) => {
    toolbox.run(args);
    expect(toolbox.inContainer()?.slice(0, 2)).toEqual(['with-session', session]);
  });

  test('needs to know which session to resume, and Docker is not asked', () => {
    expect(toolbox.run(['exec', 'resume'])).toMatchObject({
      code: 64,
      stderr: expect.stringContaining('resume --last'),
    });
    expect(toolbox.calls()).toEqual([]);
  });

  test('takes another profile from the environment', () => {
    toolbox.run(['exec', 'ping'], { env: { GCODEX_PROFILE: 'mine' } });
    expect(toolbox.inContainer()).toEqual([...JUDGED, 'exec', '--profile', 'mine', ...EXEC, 'ping']);
  });

  test.each([[0], [1], [76], [81], [130]])('ends with the exit code %i of the container', (code) => {
    expect(toolbox.run(['exec', 'ping'], { env: { FAKE_EXIT: String(code) } }).code).toBe(code);
  });
});

describe('other commands', () => {
  test.each<[string[], string[]]>([
    [['proto'], ['codex', 'proto', '--config', 'profile=garvis']],
    [['mcp', 'list'], ['codex', 'mcp', 'list']],
    [['completion', 'bash'], ['codex', 'completion', 'bash']],
    [['exec', '--help'], ['codex', 'exec', '--help']],
    [['exec', 'help'], ['codex', 'exec', 'help']],
    [['help', 'exec'], ['codex', 'help', 'exec']],
  ])('%j runs as %j', (args, expected) => {
    toolbox.run(args);
    expect(toolbox.inContainer()).toEqual(expected);
  });

  test.each([[['exec', '--help']], [['mcp', 'list']]])('%j starts nothing else', (args) => {
    toolbox.run(args);
    expect(toolbox.runOptions()).toContain('--no-deps');
  });

  test.each([[['-p', 'mine', '--version']], [['-m', 'x', '-V']]])('%j is for gcodex', (args) => {
    expect(toolbox.run(args).code).toBe(0);
    expect(toolbox.calls().at(-1)?.slice(-2)).toEqual(['codex', '--version']);
  });

  test('--version asks the image alone, without networks or secrets', () => {
    toolbox.run(['--version']);
    const call = toolbox.calls().at(-1);
    expect(call?.slice(-3)).toEqual(['garvis/codex-cli:0.42.0', 'codex', '--version']);
    expect(call).toEqual(expect.arrayContaining(['run', '--network', 'none', '--read-only']));
  });
});

describe('a terminal', () => {
  test('is passed on to a session, with the profile in front', () => {
    expect(toolbox.run([], { terminal: true }).code).toBe(0);
    expect(toolbox.inContainer()).toEqual([
      'with-model',
      HOST,
      'with-answer',
      '--session',
      'codex',
      '--profile',
      'garvis',
    ]);
    expect(toolbox.runOptions()).not.toContain('--no-TTY');
  });

  test('gives a session its prompt', () => {
    toolbox.run(['-m', 'other', 'fix it'], { terminal: true });
    expect(toolbox.inContainer()).toEqual([
      'with-model',
      HOST,
      '--model=other',
      'with-answer',
      '--session',
      'codex',
      '--profile',
      'garvis',
      '-m',
      'other',
      'fix it',
    ]);
  });

  test('goes to resume, with the profile behind', () => {
    toolbox.run(['--profile', 'mine', 'resume', '--last'], { terminal: true });
    expect(toolbox.inContainer()).toEqual([
      'with-session',
      '--last',
      'with-model',
      HOST,
      'with-answer',
      '--session',
      'codex',
      'resume',
      '--profile',
      'mine',
      '--last',
    ]);
    toolbox.run(['resume'], { terminal: true });
    expect(toolbox.inContainer()?.slice(0, 2)).toEqual(['with-session', 'any']);
  });

  test('is not asked for when there is none', () => {
    toolbox.run(['exec', 'ping']);
    expect(toolbox.runOptions()).toContain('--no-TTY');
  });

  test.each([[[]], [['resume', '--last']]])('is required for a session, and Docker is not asked: %j', (args) => {
    const { code, stderr } = toolbox.run(args);
    expect(code).toBe(64);
    expect(stderr).toContain("gcodex exec 'TASK'");
    expect(toolbox.calls()).toEqual([]);
  });
});
