import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { aCheck, aProjectWith, DIRECTORY, recordsOf, textOf } from './support';
import { put, removeFolders, Result, toolbox, toolboxWith } from '../cli/support';

jest.setTimeout(120_000);
afterEach(removeFolders);

test('verify runs every check in the project\'s folder, and records each', () => {
  const root = aProjectWith([aCheck('one', 'pwd; cat; echo to stderr >&2'), aCheck('two', 'exit 3')]);
  spawnSync('git', ['init', '-q'], { cwd: root });
  spawnSync('git', ['config', 'user.name', 'Some Body'], { cwd: root });
  const { code, out, err } = toolbox(root, 'verify');
  expect(code).toBe(1);
  expect(out).toMatch(/^passed +one +0\.\d s$/m);
  expect(out).toMatch(/^failed +two +0\.\d s {2}exit code 3$/m);
  expect(out).toMatch(/^1 passed, 1 failed\nRecorded in inventories\/evidence\. Run "npx toolbox-constructs synth"/m);
  expect(err).toBe('running  one\nrunning  two\n');
  const [one, two] = recordsOf(root);
  expect(one).toMatchObject({
    check: 'one',
    method: 'run',
    outcome: 'passed',
    command: 'pwd; cat; echo to stderr >&2',
    exitCode: 0,
    outputTail: '.\nto stderr',
    by: 'Some Body',
    tools: [{ name: 'node', version: process.versions.node }],
    parts: [{ name: 'file covered.txt' }],
  });
  expect(one.at).toMatch(/^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  expect(one.note).toBeUndefined();
  expect(two).toMatchObject({ outcome: 'failed', exitCode: 3, outputTail: '', note: 'The run failed: exit code 3.' });
});

test('a check that is named is run alone, by whom and with what note is said', () => {
  const root = aProjectWith([aCheck('one', 'true'), aCheck('two', 'true')]);
  expect(toolbox(root, 'verify', 'two', '--by', 'Me', '--note', 'On a plane.').code).toBe(0);
  expect(recordsOf(root)).toMatchObject([{ check: 'two', by: 'Me', note: 'On a plane.' }]);
});

test('a command is told which Compose file is the generated one', () => {
  const root = aProjectWith([aCheck('one', 'echo "$TOOLBOX_COMPOSE_FILE"')]);
  toolbox(root, 'verify');
  expect(recordsOf(root)[0].outputTail).toBe('dist/compose/docker-compose.draft.yml');
});

test('verify --json prints one object, --quiet only what is wrong', () => {
  const root = aProjectWith([aCheck('one', 'true'), aCheck('two', 'echo no; false')]);
  const { out } = toolbox(root, 'verify', '--json');
  const { results } = JSON.parse(out) as { results: object[] };
  expect(results).toHaveLength(2);
  expect(results).toEqual(
    expect.arrayContaining([
      { check: 'one', outcome: 'passed', seconds: expect.any(Number), tail: '', record: `${DIRECTORY}/one.yaml` },
      {
        check: 'two',
        outcome: 'failed',
        seconds: expect.any(Number),
        reason: 'exit code 1',
        tail: 'no',
        record: `${DIRECTORY}/two.yaml`,
      },
    ]),
  );
  const quiet = toolbox(root, 'verify', '--quiet');
  expect(quiet.err).toBe('');
  expect(quiet.out).toMatch(/^failed +two +0\.\d s {2}exit code 1\n +\| no\n$/);
});

test('exit code 0 is no pass when the expected text is missing', () => {
  const root = aProjectWith([
    aCheck('one', 'echo initialising', { expectedOutput: 'initialised' }),
    aCheck('two', 'printf initi; sleep 0.1; printf alised', { expectedOutput: 'initialised' }),
  ]);
  expect(toolbox(root, 'verify').out).toContain('exit code 0, but the output does not contain "initialised"');
  expect(recordsOf(root)).toMatchObject([{ outcome: 'failed', exitCode: 0 }, { outcome: 'passed' }]);
});

test('a check that takes too long is ended with all it started, and has failed', () => {
  const root = aProjectWith([aCheck('slow', 'sleep 30 & echo begun; sleep 31', { timeoutSeconds: 1 })]);
  const begin = Date.now();
  expect(toolbox(root, 'verify').out).toContain('stopped after 1 s');
  expect(Date.now() - begin).toBeLessThan(10_000);
  const [record] = recordsOf(root);
  expect(record).toMatchObject({ outcome: 'failed', outputTail: 'begun', note: 'The run failed: stopped after 1 s.' });
  expect(record.exitCode).toBeUndefined();
});

test('what a check leaves behind is ended, and nobody waits for it', () => {
  const root = aProjectWith([aCheck('daemon', '(sleep 30; touch left-behind) & echo done')]);
  const begin = Date.now();
  expect(toolbox(root, 'verify').code).toBe(0);
  expect(Date.now() - begin).toBeLessThan(10_000);
  expect(spawnSync('pgrep', ['-f', 'touch left-behind'], { encoding: 'utf8' }).stdout).toBe('');
});

test('checks run side by side, as many as asked, those that must be alone after all others', () => {
  const line = (name: string) => `echo "+${name}" >> log; sleep 0.3; echo "-${name}" >> log`;
  const root = aProjectWith([
    aCheck('a', line('a')),
    aCheck('b', line('b')),
    aCheck('c', line('c'), { exclusive: true }),
    aCheck('d', line('d'), { exclusive: true }),
  ]);
  expect(toolbox(root, 'verify', '--jobs', '2').code).toBe(0);
  const log = readFileSync(join(root, 'log'), 'utf8').trim().split('\n');
  expect(log.slice(0, 2).sort()).toEqual(['+a', '+b']);
  expect(log.slice(4)).toEqual(['+c', '-c', '+d', '-d']);
  rmSync(join(root, 'log'));
  expect(toolbox(root, 'verify', '--jobs', '1').code).toBe(0);
  expect(readFileSync(join(root, 'log'), 'utf8').trim().split('\n')).toEqual([
    '+a',
    '-a',
    '+b',
    '-b',
    '+c',
    '-c',
    '+d',
    '-d',
  ]);
});

test('what this machine lacks makes a check "not run": neither recorded nor passed, and a fault only when it was named', () => {
  const root = aProjectWith([
    aCheck('here', 'true', { prerequisites: [{ kind: 'program', name: 'sh' }] }),
    aCheck('there', 'true', { prerequisites: [{ kind: 'program', name: 'no-such-program' }] }),
  ]);
  const { code, out } = toolbox(root, 'verify');
  expect(code).toBe(0);
  expect(out).toMatch(
    /^not run +there {2}no-such-program is not on the PATH\n +fix: Install no-such-program, or add its folder to the PATH\.$/m,
  );
  expect(recordsOf(root).map(({ check }) => check)).toEqual(['here']);
  expect(toolbox(root, 'verify', 'there').code).toBe(1);
  expect(existsSync(join(root, DIRECTORY, 'there.yaml'))).toBe(false);
});

describe('a check that shows nothing about what it covers', () => {
  /** A project whose check has passed, and then does what a test says. */
  function passedBefore(line: string, facts: Parameters<typeof aCheck>[2] = {}): string {
    const root = aProjectWith([aCheck('one', `if [ -e again ]; then ${line}; fi`, facts)]);
    put(root, 'bin/tool', '#!/bin/sh\necho 1.0\n');
    chmodSync(join(root, 'bin/tool'), 0o755);
    expect(verified(root)).toMatchObject({ code: 0 });
    put(root, 'again', '');
    return root;
  }

  function verified(root: string): Result {
    return toolboxWith({ PATH: `${join(root, 'bin')}:${process.env.PATH}` }, root, 'verify');
  }

  const tool = { prerequisites: [{ kind: 'program' as const, name: 'tool' }] };

  test.each<[string, string, Parameters<typeof aCheck>[2], number, RegExp]>([
    [
      'what it needs is missing',
      'exit 1',
      { prerequisites: [{ kind: 'program', name: 'tool' }] },
      0,
      /^not run +one {2}tool is not on the PATH$/m,
    ],
    [
      'what it needs goes away while it runs',
      'rm bin/tool; exit 1',
      tool,
      1,
      /^not recorded +one {2}it failed, and a prerequisite is gone: tool is not on the PATH$/m,
    ],
    [
      'it says so itself',
      'echo starting; echo "the network is down" >&2; exit 75',
      {},
      0,
      /^not run +one {2}it could not run here: the network is down$/m,
    ],
    [
      'it calls a program that is missing',
      'no-such-program',
      {},
      1,
      /^not recorded +one {2}exit code 127, usually a program that is not found$/m,
    ],
    [
      'it calls a file that is no program',
      './covered.txt',
      {},
      1,
      /^not recorded +one {2}exit code 126, usually a program that is not executable$/m,
    ],
  ])('leaves the record of an earlier pass as it is: %s', (what, line, facts, code, told) => {
    const root = passedBefore(line, facts);
    const record = textOf(root, 'one');
    if (what === 'what it needs is missing') {
      rmSync(join(root, 'bin/tool'));
    }
    expect(verified(root)).toMatchObject({ code, out: expect.stringMatching(told) });
    expect(textOf(root, 'one')).toBe(record);
  });

  test('is no check that fails with everything there: that is recorded', () => {
    const root = passedBefore('exit 1', tool);
    expect(verified(root).code).toBe(1);
    expect(recordsOf(root)).toMatchObject([{ outcome: 'failed', exitCode: 1 }]);
  });
});

test('a host service is there when it accepts connections', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as { port: number };
  const service = { path: 'box/models', name: 'models', description: 'x', hostname: 'host.docker.internal', port };
  const root = aProjectWith([aCheck('one', 'true', { prerequisites: [{ kind: 'host-service', name: 'models' }] })], {
    hostServices: [service],
  });
  expect(toolbox(root, 'verify', 'one').code).toBe(0);
  await new Promise((resolve) => server.close(resolve));
  expect(toolbox(root, 'verify', 'one')).toMatchObject({
    code: 1,
    out: expect.stringContaining(`nothing listens on port ${port}: models`),
  });
});

test('what a check covers must not change while it runs: otherwise nothing is recorded', () => {
  const root = aProjectWith([aCheck('one', 'echo other > covered.txt')]);
  expect(toolbox(root, 'verify')).toMatchObject({
    code: 1,
    out: expect.stringMatching(/^not recorded +one +file covered\.txt changed while it ran$/m),
  });
  expect(existsSync(join(root, DIRECTORY))).toBe(false);
});

test('the generated files must not change while a check runs, and the model must stay right', () => {
  const root = aProjectWith([aCheck('one', 'echo "# edited" >> dist/compose/docker-compose.draft.yml')]);
  expect(toolbox(root, 'verify')).toMatchObject({
    code: 1,
    out: expect.stringContaining('dist/compose/docker-compose.draft.yml changed while it ran'),
  });
  const other = aProjectWith([aCheck('one', 'rm plan.json')]);
  expect(toolbox(other, 'verify')).toMatchObject({
    code: 1,
    out: expect.stringContaining('the model has errors now'),
  });
});

test('verify refuses to run on files that are not what the model says; the pages do not count', () => {
  const root = aProjectWith([aCheck('one', 'true')]);
  put(root, 'dist/docs/STATUS.md', 'an older page\n');
  expect(toolbox(root, 'verify').code).toBe(0);
  put(root, 'compose.txt', 'services: { a: {} }\n');
  expect(toolbox(root, 'verify')).toEqual({
    code: 1,
    out: '',
    err: 'error verify-drift\n  Generated files differ from the model: dist/compose/docker-compose.draft.yml.\n  fix: Run "npx toolbox-constructs synth" first.\n\n1 error, 0 warnings\n',
  });
});

test('a compose check runs Docker Compose on the generated file of the stage', () => {
  const root = aProjectWith([aCheck('one', '', { command: { kind: 'compose', words: ['run', '--rm', 'a b'] } })]);
  put(root, 'bin/docker', '#!/bin/sh\nfor word; do echo "<$word>"; done\n');
  spawnSync('chmod', ['+x', join(root, 'bin/docker')]);
  expect(toolboxWith({ PATH: `${join(root, 'bin')}:${process.env.PATH}` }, root, 'verify').code).toBe(0);
  expect(recordsOf(root)).toMatchObject([{
    command: "docker compose -f dist/compose/docker-compose.draft.yml run --rm 'a b'",
    outputTail: '<compose>\n<-f>\n<dist/compose/docker-compose.draft.yml>\n<run>\n<--rm>\n<a b>',
  }]);
});

test('--record writes down what a person saw, and runs nothing', () => {
  const root = aProjectWith([aCheck('one', 'touch ran')]);
  expect(toolbox(root, 'verify', '--record', 'one', '--note', 'Seen on the big machine.', '--by', 'Me').out).toContain(
    'one passed, checked by Me',
  );
  expect(recordsOf(root)).toMatchObject([
    { check: 'one', method: 'hand', outcome: 'passed', by: 'Me', note: 'Seen on the big machine.', tools: [] },
  ]);
  expect(toolbox(root, 'verify', '--record', 'one', '--note', 'No.', '--outcome', 'failed').code).toBe(0);
  expect(recordsOf(root)).toMatchObject([{ outcome: 'failed' }]);
  expect(existsSync(join(root, 'ran'))).toBe(false);
});

test.each([
  [['nothing-like-it'], 'unknown check "nothing-like-it". Checks of the model: one.'],
  [['oen'], 'unknown check "oen". Did you mean "one"? Checks of the model: one.'],
  [['--jobs', 'many'], '--jobs must be an integer from 1 to 64, not "many".'],
  [['--outcome', 'passed'], '--outcome requires --record'],
  [['--record', 'one'], '--record requires --note TEXT'],
  [['one', '--record', 'one', '--note', 'x'], '--record takes one check; "one" is one too many'],
  [['--record', 'one', '--note', 'x', '--outcome', 'good'], '--outcome must be passed or failed, not "good".'],
  [['--record', 'two', '--note', 'x'], 'unknown check "two".'],
  [['--by', 'x'.repeat(200)], '--by or --note cannot be recorded:'],
])('fails with exit code 2 and one sentence on %j', (args, sentence) => {
  const { code, out, err } = toolbox(aProjectWith([aCheck('one', 'true')]), 'verify', ...args);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toContain(sentence);
});

test('fails where the model names no folder for records, and says how to name one', () => {
  const root = aProjectWith([aCheck('one', 'true')], { records: { stray: [] } });
  expect(toolbox(root, 'verify')).toMatchObject({
    code: 1,
    err: expect.stringMatching(/^error records-place {2}box\n[^]*Evidence\.fromDirectory/),
  });
});

test('fails when a record cannot be written, and says so', () => {
  const root = aProjectWith([aCheck('one', 'true')]);
  put(root, 'inventories/evidence', 'a file where a folder is due');
  expect(toolbox(root, 'verify')).toMatchObject({
    code: 1,
    out: expect.stringMatching(/^not recorded +one +"inventories\/evidence" is in the way/m),
  });
});

test('a record that is there already is replaced by what was seen last', () => {
  const root = aProjectWith([aCheck('one', 'test -e ready')]);
  expect(toolbox(root, 'verify').code).toBe(1);
  const before = textOf(root, 'one');
  put(root, 'ready', '');
  expect(toolbox(root, 'verify').code).toBe(0);
  expect(textOf(root, 'one')).not.toBe(before);
  expect(recordsOf(root)).toMatchObject([{ outcome: 'passed' }]);
});
