import { expect } from 'vitest';
import { hostile } from './table';
import { RawRequest } from '../server/raw-http';
import { Running, UNLIMITED } from '../server/running';

const gateway = await Running.start({ clients: UNLIMITED });
const headers = await gateway.session();

async function refused(input: RawRequest): Promise<void> {
  expect(await gateway.send({ headers, ...input })).toMatchObject({
    status: 400,
    message: { error: { code: -32600 } },
  });
}

hostile('jsonrpc', {
  'id null': refused,
  'id object': refused,
  'duplicate keys': async (input: RawRequest) => {
    // the last one wins: a call without a name, and not a list
    const answer = await gateway.send({ headers, ...input });
    expect(answer.message).toMatchObject({ id: 1, error: { code: -32602 } });
    expect(answer.message.result).toBeUndefined();
  },
  'key case variant': refused,
  'notification flood': async ({ repeat, body }: { repeat: number; body: unknown }) => {
    const flood = async (times: number): Promise<void> => {
      for (let done = 0; done < times; done += 100) {
        await Promise.all(Array.from({ length: 100 }, async () => gateway.send({ headers, body })));
      }
    };
    await flood(repeat / 5);
    const before = process.memoryUsage().rss;
    await flood(repeat * 4 / 5);
    expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024);
    expect((await gateway.send({ headers, body: { jsonrpc: '2.0', id: 5, method: 'ping' } })).message).toMatchObject({
      id: 5,
      result: {},
    });
  },
  'number 1e400 / -0 / 2^53+1 as argument': async ({ raw }: { raw: string }) => {
    for (const number of ['1e400', '-0', '9007199254740993', '-1e400']) {
      const answer = await gateway.send({ headers, raw: raw.replace('1e400', number) });
      expect(answer.message).toMatchObject({ id: 1, error: { code: -32602 } });
    }
  },
});
