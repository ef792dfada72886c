import assert from 'node:assert/strict';
import { Checks } from '../harness/checks';
import { Garvis } from '../harness/garvis';
import { must, run } from '../harness/process';
import { ScriptedOllama } from '../harness/scripted-ollama';

const URL = 'http://host.docker.internal:11434';

/** Requests that change the host's models, also in disguise. */
const REFUSED = [
  'POST /api/pull',
  'POST /api/push',
  'POST /api/create',
  'POST /api/copy',
  'DELETE /api/delete',
  'POST /api/delete',
  'HEAD /api/blobs/sha256:0',
  'POST /api/blobs/sha256:0',
  'POST //api/pull',
  'POST /api//pull',
  'POST /api/./pull',
  'POST /api/chat/../pull',
  'POST /api/%70ull',
  'POST /API/PULL',
  'POST /api/pull/',
  'POST /api/pull?x=/api/chat',
  'GET /api/chat',
  'PUT /api/chat',
  'OPTIONS /api/chat',
  'GET /anything',
  'CONNECT /api/chat',
  'POST /api/tags',
];

const PASSED = [
  'GET /',
  'GET /api/tags',
  'GET /api/version',
  'GET /api/ps',
  'GET /v1/models',
  'POST /v1/chat/completions',
  'POST /api/chat',
  'POST /api/show',
];

/** The way from codex-cli to the host's Ollama. */
export async function relay(checks: Checks, garvis: Garvis, ollama: ScriptedOllama): Promise<void> {
  const codex = await garvis.container('codex-cli');
  const status = async (request: string, ...more: string[]): Promise<string> => {
    const [method = '', path = ''] = request.split(' ');
    const { stdout } = await run('docker', [
      'exec',
      '-i',
      codex,
      'curl',
      '--silent',
      '--path-as-is',
      '--output',
      '/dev/null',
      '--write-out',
      '%{http_code}',
      '--max-time',
      '20',
      ...(method === 'HEAD' ? ['--head'] : ['--request', method]),
      ...(method === 'POST' ? ['--data', '{"messages":[]}'] : []),
      ...more,
      URL + path,
    ]);
    return stdout;
  };

  await checks.check('requests that ask a model or look reach the host', async () => {
    ollama.follow();
    for (const request of PASSED) {
      assert.match(await status(request), /^(200|404)$/, request);
    }
    assert.deepEqual(ollama.seen, PASSED);
  });
  await checks.check(
    'requests that change models are refused, however they are written, and the host never sees them',
    async () => {
      ollama.follow();
      for (const request of REFUSED) {
        // 400: HAProxy's own parser refuses it
        assert.match(await status(request), /^40[03]$/, request);
      }
      assert.deepEqual(ollama.seen, []);
    },
  );
  await checks.check('another protocol, a body without a length and one that is too large are refused', async () => {
    ollama.follow();
    // HAProxy drops this header, so the host sees an ordinary request
    assert.equal(await status('POST /api/chat', '--header', 'Upgrade: h2c', '--header', 'Connection: Upgrade'), '404');
    assert.deepEqual(ollama.seen, ['POST /api/chat']);
    ollama.follow();
    const socket = [
      '--header',
      'Upgrade: websocket',
      '--header',
      'Connection: Upgrade',
      '--header',
      'Sec-WebSocket-Version: 13',
    ];
    assert.equal(
      await status('GET /api/tags', ...socket, '--header', 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=='),
      '403',
    );
    assert.equal(await status('POST /api/chat', '--header', 'Transfer-Encoding: chunked'), '411');
    assert.equal(await status('POST /api/chat', '--header', 'Content-Length: 99999999', '--header', 'Expect:'), '413');
    assert.deepEqual(ollama.seen, []);
    // curl writes 000 when it gets no HTTP/2 answer; the relay itself still answers
    assert.match(await status('GET /api/tags', '--http2-prior-knowledge'), /^(000|400)$/);
    assert.deepEqual(ollama.seen, []);
    assert.equal(await status('GET /api/tags'), '200');
  });
  await checks.check('the relay logs what was asked by method and path, and nothing of the content', async () => {
    await status('POST /api/chat?secret=1', '--data', '{"messages":[]}');
    await status('POST /api/pull?secret=1', '--data', '{"messages":[]}');
    const { stdout, stderr } = await run('docker', ['logs', await garvis.container('host-relay')]);
    assert.match(stdout + stderr, /POST \/api\/chat 404/);
    assert.match(stdout + stderr, /POST \/api\/pull 403/);
    assert.doesNotMatch(stdout + stderr, /messages|secret=/);
  });
}

/** Comes last: the relay then refuses everything for a minute. */
export async function relayRate(checks: Checks, garvis: Garvis): Promise<void> {
  const codex = await garvis.container('codex-cli');
  await checks.check('more requests in a minute than allowed are refused', async () => {
    const printed = await must('docker', [
      'exec',
      codex,
      'bash',
      '-c',
      `for n in $(seq 400); do echo "url=${URL}/api/version"; echo output=/dev/null; done \
      | curl --silent --write-out '%{http_code}\\n' --config - | sort | uniq -c`,
    ]);
    const count = (code: number): number => Number(new RegExp(`^ *(\\d+) ${code}$`, 'm').exec(printed)?.[1] ?? 0);
    assert.equal(count(200) + count(429), 400, printed);
    // the requests of the checks before count as well
    assert.ok(count(200) > 0 && count(200) <= 300, printed);
  });
}
