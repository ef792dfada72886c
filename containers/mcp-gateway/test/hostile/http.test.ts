import { gzipSync } from 'node:zlib';
import { expect } from 'vitest';
import { hostile } from './table';
import { cpuMs } from '../cpu';
import { exchange, parse, INITIALIZE, RawRequest } from '../server/raw-http';
import { CODEX_TOKEN, Running } from '../server/running';

const gateway = await Running.start();

function answered(status: number | readonly number[], code?: number) {
  return async (input: RawRequest): Promise<void> => {
    const answer = await gateway.send(input);
    expect([status].flat()).toContain(answer.status);
    expect(answer.headers['content-type']).toBe('application/json');
    expect(answer.body).not.toMatch(/<html|node_modules|\.[cm]?[jt]s\b|\/etc\/passwd/);
    expect(answer.message).toMatchObject({ jsonrpc: '2.0', error: code === undefined ? {} : { code } });
  };
}

/** Bytes of a whole request, with a token that is right. */
async function rawRequest(head: string, body: Buffer | string = ''): Promise<ReturnType<typeof parse>> {
  const withToken = head.replace(
    '\r\n',
    `\r\nAuthorization: Bearer ${CODEX_TOKEN}\r\nContent-Type: application/json\r\n`,
  );
  return parse(await exchange(gateway.port, Buffer.concat([Buffer.from(withToken), Buffer.from(body)])));
}

async function stillServes(): Promise<void> {
  expect((await gateway.send({ body: INITIALIZE })).status).toBe(200);
}

hostile('http', {
  'evil Host': async (input: RawRequest) => {
    await answered(403)(input);
    await gateway.audited({ type: 'auth', outcome: 'denied', rule: 'host' });
  },
  'Origin null (sandboxed iframe, file://)': answered(403),
  'Origin suffix trick': answered(403),
  'Origin other port of localhost': answered(403),
  'Host with userinfo': answered([400, 403]),
  'Host trailing dot': answered(403),
  'Host 0.0.0.0 (0.0.0.0-day)': answered(403),
  'two Host headers': async ({ raw }: { raw: string }) => {
    expect((await rawRequest(raw)).status).toBe(400);
  },
  'X-Forwarded-Host ignored': answered(403),
  'content-type smuggle': answered(415),
  'no Accept': async (input: RawRequest) => {
    expect((await gateway.send(input)).status).toBe(406);
  },
  'PUT / PATCH / TRACE': async () => {
    for (const method of ['PUT', 'PATCH', 'TRACE', 'OPTIONS', 'HEAD']) {
      expect((await gateway.send({ method })).status).toBe(405);
    }
  },
  'unknown path': answered(404),
  'malformed JSON': answered(400, -32700),
  'empty body': answered(400, -32700),
  'UTF-8 BOM first': async ({ rawHex }: { rawHex: string }) =>
    answered(400, -32700)({ raw: Buffer.from(rawHex, 'hex') }),
  'declared Content-Length huge, no data': async (input: RawRequest) => {
    await answered(413)(input);
  },
  'chunked endless body': async () => {
    const chunk = Buffer.from(`10000\r\n${'['.repeat(0x10000)}\r\n`);
    const answer = await rawRequest(
      'POST /mcp HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n',
      Buffer.concat(Array.from({ length: 64 }, () => chunk)),
    );
    expect(answer.status).toBe(413);
  },
  'gzip bomb': async (input: RawRequest & { gzipOf: { zeros: number } }) => {
    // a sixteenth of the table's size inflates just as far past the limit
    await answered(415)({ headers: input.headers, raw: gzipSync(Buffer.alloc(input.gzipOf.zeros / 16)) });
  },
  '1.9 million numbers in an array argument': async ({ body }: { body: { params: { name: string } } }) => {
    const args = Array.from({ length: 1_900_000 }, () => 0);
    const raw = JSON.stringify({ ...body, params: { ...body.params, arguments: { args } } });
    expect(await cpuMs(async () => answered([400, 413], -32602)({ raw }))).toBeLessThan(3000);
    await stillServes();
  },
  'deep nesting 200000': async ({ nest }: { nest: number }) => {
    await answered([400, 413])({ raw: '['.repeat(nest) });
    await answered([400, 413])({ raw: '['.repeat(nest) + ']'.repeat(nest) });
    const within = 100_000;
    await answered(
      400,
      -32602,
    )({
      raw: `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"a":${'['.repeat(within)}${']'.repeat(within)}}}`,
    });
    await stillServes();
  },
  'empty batch': answered(400),
  'batch hides a forbidden call': async ({ raw }: { raw: unknown }) => answered(400)({ body: raw }),
  'request smuggling CL+TE': async ({ raw }: { raw: string }) => {
    expect((await rawRequest(raw)).status).toBe(400);
  },
});
