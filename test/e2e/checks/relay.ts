import assert from 'node:assert/strict';
import { Checks } from '../harness/checks';
import { Garvis } from '../harness/garvis';
import { must, run } from '../harness/process';
import { ScriptedOllama } from '../harness/scripted-ollama';

const URL = 'http://host.docker.internal:11434';

/** What changes the host's models, and ways to dress it up. */
const REFUSED = [
  'POST /api/pull', 'POST /api/push', 'POST /api/create', 'POST /api/copy', 'DELETE /api/delete', 'POST /api/delete',
  'HEAD /api/blobs/sha256:0', 'POST /api/blobs/sha256:0', 'POST //api/pull', 'POST /api//pull', 'POST /api/./pull', 'POST /api/chat/../pull',
  'POST /api/%70ull', 'POST /API/PULL', 'POST /api/pull/', 'POST /api/pull?x=/api/chat', 'GET /api/chat', 'PUT /api/chat', 'OPTIONS /api/chat',
  'GET /anything', 'CONNECT /api/chat', 'POST /api/tags',
];

const PASSED = ['GET /', 'GET /api/tags', 'GET /api/version', 'GET /api/ps', 'GET /v1/models', 'POST /v1/chat/completions', 'POST /api/chat', 'POST /api/show'];

/** The way from codex-cli to the host's Ollama. */
export async function relay(checks: Checks, garvis: Garvis, ollama: ScriptedOllama): Promise<void> {
  const codex = await garvis.container('codex-cli');
  const status = async (request: string, ...more: string[]): Promise<string> => {
    const [method = '', path = ''] = request.split(' ');
    const { stdout } = await run('docker', ['exec', '-i', codex, 'curl', '--silent', '--path-as-is', '--output', '/dev/null', '--write-out', '%{http_code}',
      '--max-time', '20', ...method === 'HEAD' ? ['--head'] : ['--request', method], ...method === 'POST' ? ['--data', '{"messages":[]}'] : [], ...more, URL + path]);
    return stdout;
  };

  await checks.check('what asks a model or looks reaches the host', async () => {
    ollama.follow();
    for (const request of PASSED) {
      assert.match(await status(request), /^(200|404)$/, request);
    }
    assert.deepEqual(ollama.seen, PASSED);
  });
  await checks.check('what changes models is refused, however it is written, and the host never sees it', async () => {
    ollama.follow();
    for (const request of REFUSED) {
      assert.match(await status(request), /^4\d\d$/, request);
    }
    assert.deepEqual(ollama.seen, []);
  });
  await checks.check('another protocol, a body without a length and one that is too large are refused', async () => {
    assert.notEqual(await status('POST /api/chat', '--header', 'Upgrade: h2c', '--header', 'Connection: Upgrade'), '101');
    ollama.follow();
    const socket = ['--header', 'Upgrade: websocket', '--header', 'Connection: Upgrade', '--header', 'Sec-WebSocket-Version: 13'];
    assert.equal(await status('GET /api/tags', ...socket, '--header', 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=='), '403');
    assert.equal(await status('POST /api/chat', '--header', 'Transfer-Encoding: chunked'), '411');
    assert.equal(await status('POST /api/chat', '--header', 'Content-Length: 99999999', '--header', 'Expect:'), '413');
    assert.match(await status('GET /api/tags', '--http2-prior-knowledge'), /^(000|400)$/);
    assert.deepEqual(ollama.seen, []);
  });
  await checks.check('the relay logs what was asked by method and path, and nothing of the content', async () => {
    const { stdout, stderr } = await run('docker', ['logs', await garvis.container('host-relay')]);
    assert.match(stdout + stderr, /POST \/v1\/chat\/completions 200/);
    assert.doesNotMatch(stdout + stderr, /messages|\?x=/);
  });
}

/** Comes last: who has asked too often is refused for a minute. */
export async function relayRate(checks: Checks, garvis: Garvis): Promise<void> {
  const codex = await garvis.container('codex-cli');
  await checks.check('more requests in a minute than allowed are refused', async () => {
    const printed = await must('docker', ['exec', codex, 'bash', '-c', `for n in $(seq 400); do echo "url=${URL}/api/version"; echo output=/dev/null; done \
      | curl --silent --write-out '%{http_code}\\n' --config - | sort | uniq -c`]);
    assert.match(printed, / 200$/m);
    assert.match(printed, / 429$/m);
  });
}
