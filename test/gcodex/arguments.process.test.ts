import { FakeToolbox } from './support';

let toolbox: FakeToolbox;
beforeEach(() => {
  toolbox = new FakeToolbox();
  toolbox.gatewayRuns();
});
afterEach(() => toolbox.remove());

const MESSAGE = '/tmp/last-message';
const EXEC = ['--skip-git-repo-check', '--output-last-message', MESSAGE];
const JUDGED = ['with-model', 'with-answer', MESSAGE, 'codex'];

describe('a task', () => {
  test.each<[string, string[], string[]]>([
    ['gets the profile after exec', ['exec', 'ping'], [...JUDGED, 'exec', '--profile', 'garvis', ...EXEC, 'ping']],
    ['may be abbreviated', ['e', 'ping'], [...JUDGED, 'e', '--profile', 'garvis', ...EXEC, 'ping']],
    ['keeps options before exec', ['-m', 'exec', 'exec', 'ping'], [...JUDGED, '-m', 'exec', 'exec', '--profile', 'garvis', ...EXEC, 'ping']],
    ['has a profile before exec moved', ['--profile', 'mine', 'exec', 'ping'], [...JUDGED, 'exec', '--profile', 'mine', ...EXEC, 'ping']],
    ['has a profile in one word before exec moved', ['-pmine', 'exec', 'ping'], [...JUDGED, 'exec', '--profile', 'mine', ...EXEC, 'ping']],
    ['has --profile=NAME before exec moved', ['-s', 'read-only', '--profile=mine', 'exec'], [...JUDGED, '-s', 'read-only', 'exec', '--profile', 'mine', ...EXEC]],
    ['keeps a profile after exec', ['exec', 'ping', '-p', 'mine'], [...JUDGED, 'exec', ...EXEC, 'ping', '-p', 'mine']],
    ['keeps what follows two dashes', ['exec', '--', '--profile'], [...JUDGED, 'exec', '--profile', 'garvis', ...EXEC, '--', '--profile']],
    ['keeps spaces, quotes and empty words', ['exec', 'a "b"  c', ''], [...JUDGED, 'exec', '--profile', 'garvis', ...EXEC, 'a "b"  c', '']],
    ['after files', ['-i', 'a.png', 'exec', '--full-auto', 'exec', 'x'], [...JUDGED, '-i', 'a.png', 'exec', '--full-auto', 'exec', '--profile', 'garvis', ...EXEC, 'x']],
    ['after a word, as codex reads it', ['word', 'exec', 'x'], [...JUDGED, 'word', 'exec', '--profile', 'garvis', ...EXEC, 'x']],
  ])('%s', (_title, args, expected) => {
    expect(toolbox.run(args)).toMatchObject({ code: 0, stderr: '' });
    expect(toolbox.inContainer()).toEqual(expected);
  });

  test('is judged by the file that the person names', () => {
    toolbox.run(['exec', '--skip-git-repo-check', '--output-last-message', 'out.txt', 'ping']);
    expect(toolbox.inContainer()).toEqual([
      'with-model', 'with-answer', 'out.txt', 'codex', 'exec', '--profile', 'garvis', '--skip-git-repo-check', '--output-last-message', 'out.txt', 'ping',
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
    expect(toolbox.inContainer()).toEqual(['with-model', 'codex', '--profile', 'garvis']);
    expect(toolbox.runOptions()).not.toContain('--no-TTY');
  });

  test('gives a session its prompt', () => {
    toolbox.run(['-m', 'other', 'fix it'], { terminal: true });
    expect(toolbox.inContainer()).toEqual(['with-model', 'codex', '--profile', 'garvis', '-m', 'other', 'fix it']);
  });

  test('goes to resume, with the profile behind', () => {
    toolbox.run(['resume', '--last'], { terminal: true });
    expect(toolbox.inContainer()).toEqual(['with-model', 'codex', 'resume', '--profile', 'garvis', '--last']);
  });

  test('is not asked for when there is none', () => {
    toolbox.run(['exec', 'ping']);
    expect(toolbox.runOptions()).toContain('--no-TTY');
  });

  test('fails when a session has none, and Docker is not asked', () => {
    const { code, stderr } = toolbox.run([]);
    expect(code).toBe(64);
    expect(stderr).toContain("gcodex exec 'TASK'");
    expect(toolbox.calls()).toEqual([]);
  });
});
