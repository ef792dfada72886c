import { expect } from 'vitest';
import { hostile } from './table';
import { loadManifest, parseManifest } from '../../src/manifest/load';
import { exampleManifest, READ_TOOL } from '../manifest/example';
import { Running } from '../server/running';

const gateway = await Running.start();
const headers = await gateway.session();

async function invalid(body: object): Promise<string> {
  const answer = await gateway.send({ headers, raw: JSON.stringify(body) });
  expect(answer.status).toBe(200);
  expect(answer.message).toMatchObject({ id: 2, error: { code: -32602 } });
  return answer.message.error!.message;
}

async function unknown(body: { params: { name: string } }): Promise<void> {
  expect(await invalid(body)).toBe('Unknown tool; tools/list names the tools there are');
  expect(gateway.audit().at(-1)).toMatchObject({
    type: 'call',
    client: 'codex',
    outcome: 'denied',
    rule: 'unknown-tool',
  });
  const listed = await gateway.send({ headers, body: { jsonrpc: '2.0', id: 9, method: 'tools/list' } });
  expect((listed.message.result!.tools as { name: string }[]).map(({ name }) => name)).toEqual(['read_file']);
}

hostile('tool-policy', {
  'tool not on the allow list': unknown,
  'tool name with different case': unknown,
  'tool name with control chars': async (body: { params: { name: string } }) => {
    await unknown(body);
    expect(gateway.logs.every((line) => line.indexOf('\n') === line.length - 1 && !line.includes('\u001b'))).toBe(true);
  },
  'wrong type': async (body: object) => void (await invalid(body)),
  'array instead of string': async (body: object) => void (await invalid(body)),
  'lone surrogate': async (body: object) => void (await invalid(body)),
  'policy file missing / empty / unreadable': () => {
    expect(() => loadManifest('/nonexistent/manifest.json')).toThrow(/no tool is allowed/);
    for (const text of ['', 'null', '{}', '[]']) {
      expect(() => parseManifest(Buffer.from(text), 'm.json')).toThrow(/is refused/);
    }
  },
  'policy names an unknown tool': ({ policy }: { policy: { allow: string[] } }) => {
    expect(() => parseManifest(Buffer.from(JSON.stringify(policy)), 'm.json')).toThrow(/allow: is not known here/);
    const manifest = { ...exampleManifest(), tools: [{ ...READ_TOOL, operation: 'raed' }] };
    expect(() => parseManifest(Buffer.from(JSON.stringify(manifest)), 'm.json')).toThrow(/Did you mean "read"\?/);
  },
});
