import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
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

describe('with-answer', () => {
  function withAnswer(command: string, file = join(folder, 'answer')): { code: number | null; stderr: string } {
    const { status, stderr } = spawnSync(join(PROGRAMS, 'with-answer'), [file, 'sh', '-c', command, 'sh', file], { encoding: 'utf8' });
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
  beforeEach(async () => {
    status = 200;
    server = createServer((_request, response) => response.writeHead(status).end('{}'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    configure(`http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`);
  });
  afterEach(() => server.close());

  function configure(url: string): void {
    writeFileSync(join(folder, 'config.toml'), `model = "m"\nbase_url = "${url}"\n`);
  }

  // not synchronously: the server is in this process
  async function withModel(home = folder): Promise<{ code: number | null; output: string }> {
    const child = spawn(join(PROGRAMS, 'with-model'), ['echo', 'ran'], { env: { ...process.env, CODEX_HOME: home } });
    let output = '';
    child.stdout.on('data', (data) => { output += data; });
    child.stderr.on('data', (data) => { output += data; });
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

  test('fails with 76 and one sentence when nobody listens', async () => {
    configure('http://127.0.0.1:1/v1');
    const { code, output } = await withModel();
    expect(code).toBe(76);
    expect(output).toMatch(/^The model server does not answer at 127\.0\.0\.1:1: start Ollama .*\n$/);
  });

  test('fails with 82 when there is no configuration', async () => {
    expect(await withModel(join(folder, 'nowhere'))).toMatchObject({ code: 82, output: expect.stringContaining('cannot be read') });
  });
});
