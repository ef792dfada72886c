import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PROGRAMS = join(__dirname, '..', '..', 'containers', 'codex-cli', 'bin');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'programs-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const argumentsOf = (...args: string[]): string[] => args;

describe('with-session', () => {
  const ID = '01a22a27-1600-72e2-a660-ad580b97c1a5';

  function withSession(wanted: string): { code: number | null; stdout: string; stderr: string } {
    const { status, stdout, stderr } = spawnSync(join(PROGRAMS, 'with-session'), [wanted, 'echo', 'ran'], {
      encoding: 'utf8',
      env: { ...process.env, CODEX_HOME: folder },
    });
    return { code: status, stdout, stderr };
  }

  function record(text: string): void {
    // a link, as the entry point makes it
    mkdirSync(join(folder, 'volume', '2026', '11'), { recursive: true });
    symlinkSync(join(folder, 'volume'), join(folder, 'sessions'));
    writeFileSync(join(folder, 'volume', '2026', '11', `rollout-2026-11-30T01-52-14-${ID}.jsonl`), text);
  }

  test.each(['--last', 'any', ID])('fails with 84 for %s when there is no session', (wanted) => {
    expect(withSession(wanted)).toEqual({
      code: 84,
      stdout: '',
      stderr: expect.stringContaining('There is no session to resume.'),
    });
  });

  test('does not count a session in which nothing was said', () => {
    record('{"type":"session_meta"}\n');
    expect(withSession('--last').code).toBe(84);
  });

  test.each(['--last', 'any', ID])('runs the command for %s when there is such a session', (wanted) => {
    record('{"type":"event_msg","payload":{"type":"user_message"}}\n');
    expect(withSession(wanted)).toEqual({ code: 0, stdout: 'ran\n', stderr: '' });
  });

  test.each(['01a22a27-1600-72e2-a660-ad580b97c1aa', ID.slice(1), '', '*', 'a name', '../x'])(
    'fails with 84 for the session %j, which does not exist',
    (wanted) => {
      record('{"type":"event_msg","payload":{"type":"user_message"}}\n');
      expect(withSession(wanted)).toEqual({
        code: 84,
        stdout: '',
        stderr: expect.stringContaining('gcodex resume --last'),
      });
    },
  );
});

describe('with-answer', () => {
  function withAnswer(command: string, file = join(folder, 'answer')): { code: number | null; stderr: string } {
    const { status, stderr } = spawnSync(join(PROGRAMS, 'with-answer'), [file, 'sh', '-c', command, 'sh', file], {
      encoding: 'utf8', env: { ...process.env, CODEX_HOME: folder },
    });
    return { code: status, stderr };
  }

  test('passes when the model answered', () => expect(withAnswer('echo pong > "$1"')).toEqual({ code: 0, stderr: '' }));
  test('fails with 81 when the answer is empty', () => expect(withAnswer(': > "$1"').code).toBe(81));
  test('fails with 81 when there is none', () => expect(withAnswer('true').code).toBe(81));
  test('ends with the command\'s own code', () => expect(withAnswer('exit 3')).toEqual({ code: 3, stderr: '' }));

  test('fails with 81 when the answer is that of an earlier run', () => {
    writeFileSync(join(folder, 'answer'), 'pong');
    expect(withAnswer('true').code).toBe(81);
  });

  describe('explains several tool calls in one answer', () => {
    const EXPLANATION = /^The model called several tools in one answer, .*\nStart a new session, .*\n/;
    const call = (args: string): string =>
      JSON.stringify({ type: 'response_item', payload: { type: 'function_call', name: 'shell', arguments: args } });

    // as codex 0.42 records them
    function turn(...args: string[]): string {
      writeFileSync(join(folder, 'turn'), args.map((text) => `${call(text)}\n`).join(''));
      return `mkdir -p ${folder}/sessions/2026 && cp ${folder}/turn ${folder}/sessions/2026/rollout-1-2.jsonl`;
    }

    test('that left no answer', () => {
      const { code, stderr } = withAnswer(turn('{"a":1}', '{"a":1}{"b":2}'));
      expect(code).toBe(81);
      expect(stderr).toMatch(EXPLANATION);
    });

    test('that ended codex', () => {
      expect(withAnswer(`${turn('{"a":1}{"b":2}')}; exit 1`)).toEqual({
        code: 1,
        stderr: expect.stringMatching(EXPLANATION),
      });
    });

    test('in a session, whose answers are on the screen', () => {
      for (const joined of ['{"a":1}\n{ "b":2}', '{}{}', '{"a":{}}{}{"b":1}']) {
        expect(withAnswer(turn(joined), '--session')).toEqual({ code: 0, stderr: expect.stringMatching(EXPLANATION) });
      }
    });

    test.each([
      ['are one call', argumentsOf('{"a":"}{","b":"}{}","c":"}{\\"d\\":1}"}')],
      ['are no JSON', argumentsOf('{"a":')],
      ['were corrected', argumentsOf('{"a":1}{"b":2}', '{"a":1}')],
    ])('but not those that %s', (_title, args) => {
      expect(withAnswer(turn(...args)).stderr).not.toMatch(EXPLANATION);
    });

    test('but not those of an earlier session', () => {
      withAnswer(turn('{"a":1}{"b":2}'));
      expect(withAnswer('true', '--session')).toEqual({ code: 0, stderr: '' });
    });
  });

  test('passes for what is no file, since nothing can be read back, and leaves it where it is', () => {
    const device = join(folder, 'device');
    // by a link, so that a mistake here costs the link and not the device
    symlinkSync('/dev/null', device);
    expect(withAnswer('true', device).code).toBe(0);
    expect(existsSync(device)).toBe(true);
  });
});

describe('with-model', () => {
  let server: Server;
  let status: number;
  let body: string;
  beforeEach(async () => {
    status = 200;
    body = '{}';
    server = createServer((_request, response) => response.writeHead(status).end(body));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    configure(`http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`);
  });
  afterEach(() => server.close());

  function configure(url: string): void {
    writeFileSync(join(folder, 'config.toml'), `model = "m"\nbase_url = "${url}"\n`);
  }

  // not synchronously: the server is in this process
  async function withModel({ home = folder, options = [] as string[] } = {}): Promise<{
    code: number | null;
    output: string;
  }> {
    const child = spawn(join(PROGRAMS, 'with-model'), [...options, 'echo', 'ran'], {
      env: { ...process.env, CODEX_HOME: home },
    });
    let output = '';
    child.stdout.on('data', (data) => {
      output += data;
    });
    child.stderr.on('data', (data) => {
      output += data;
    });
    const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
    return { code, output };
  }

  test('runs the command when the model server answers, whatever it answers', async () => {
    expect(await withModel()).toEqual({ code: 0, output: 'ran\n' });
    status = 404;
    expect(await withModel()).toEqual({ code: 0, output: 'ran\n' });
  });

  test.each([[502], [503], [504]])('fails with 76 when a relay answers %i', async (code) => {
    status = code;
    expect(await withModel()).toMatchObject({ code: 76, output: expect.stringContaining('does not answer') });
  });

  test('fails with 76 and one sentence when no server listens', async () => {
    configure('http://127.0.0.1:1/v1');
    const { code, output } = await withModel();
    expect(code).toBe(76);
    expect(output).toBe('The model server does not answer at 127.0.0.1:1. In the service 127.0.0.1: ollama serve\n');
  });

  describe('of the host', () => {
    // the name is another machine's here
    const answered = async (port: number, ...options: string[]): Promise<string> => {
      configure(`http://host.docker.internal:${port}/v1`);
      return (await withModel({ options })).output;
    };

    test.each([
      [11434, ['--host=172.17.0.1'], 'On the host: OLLAMA_HOST=172.17.0.1 ollama serve\n'],
      [11435, ['--host=172.17.0.1'], 'On the host: OLLAMA_HOST=172.17.0.1:11435 ollama serve\n'],
      [11434, ['--host=127.0.0.1'], 'On the host: ollama serve\n'],
      [11435, ['--host=127.0.0.1'], 'On the host: OLLAMA_HOST=127.0.0.1:11435 ollama serve\n'],
      [11434, ['--host='], 'gcodex --doctor shows which one.\n'],
      [11434, [], 'gcodex --doctor shows which one.\n'],
    ])('names the address on which it must listen: port %i with %j', async (port, options, sentence) => {
      const output = await answered(port, ...options);
      expect(output).toContain(`does not answer at host.docker.internal:${port}. `);
      expect(output).toContain(sentence);
      expect(output).not.toContain('0.0.0.0');
    });
  });

  describe('asks for the model', () => {
    beforeEach(() => {
      body = JSON.stringify({ data: [{ id: 'm' }, { id: 'other:latest' }, { id: 'evil\u001b[2J' }] });
    });

    test.each([[[]], [['--model=other']], [['--model=other:latest']]])(
      'and runs the command if the server has it: %j',
      async (options) => {
        expect(await withModel({ options })).toEqual({ code: 0, output: 'ran\n' });
      },
    );

    test('and fails with 76 if the server does not have it, without what drives a terminal', async () => {
      expect(await withModel({ options: ['--model=missing'] })).toEqual({
        code: 76,
        output: expect.stringMatching(
          /does not have the model missing\. It has: m, other:latest, evil[^\u001b]*\. .*ollama pull missing\n$/,
        ),
      });
    });

    test.each(['{"data":null}', '{"data":[]}', 'no JSON', ''])(
      'and runs the command if the server lists none: %j',
      async (text) => {
        body = text;
        expect(await withModel({ options: ['--model=missing'] })).toMatchObject({ code: 0 });
      },
    );
  });

  test('fails with 82 when there is no configuration', async () => {
    expect(await withModel({ home: join(folder, 'nowhere') })).toMatchObject({
      code: 82,
      output: expect.stringContaining('cannot be read'),
    });
  });
});
