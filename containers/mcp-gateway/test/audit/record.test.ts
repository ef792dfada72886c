import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { call, DIGEST, logPath, openedLog, rawLines, records } from './support';
import { decodeRecord, encodeRecord, MAX_LINE_BYTES } from '../../src/audit/line';
import { AuditEvent, CHAIN_START, FINDING_KINDS, LogEvent, sessionHash } from '../../src/audit/record';
import { shapeOf } from '../../src/audit/shape';
import { cpuMs } from '../cpu';

const schema = JSON.parse(readFileSync(new URL('../../schema/audit.schema.json', import.meta.url), 'utf8')) as object;
const validate = new Ajv({ allErrors: true, strict: true, strictRequired: false, strictTypes: false }).compile(schema);
const start = { seq: 0, hash: CHAIN_START };

function problems(line: string): unknown[] {
  return validate(JSON.parse(line)) ? [] : (validate.errors ?? []);
}

const everyKind: (AuditEvent | LogEvent)[] = [
  call(),
  call({
    transport: 'stdio',
    outcome: 'denied',
    rule: 'paths.deny',
    tool: 'no such tool',
    arguments: shapeOf({ x: 1 }, []),
  }),
  call({ request: 7, session: sessionHash('5f8f3a52-7d0b-4b5e-9a55-0d5ccf0f3a11') }),
  call({ request: 'turn-7', paths: { named: ['a', 'b'], opened: ['c'], openedMore: 3 } }),
  call({ outcome: 'limited', rule: 'limits.callsPerMinute', count: 12 }),
  call({
    outcome: 'error',
    arguments: shapeOf({ a: null, b: [1, 'x', {}], c: { d: 1 }, e: true, f: 'x'.repeat(5000) }, [
      'a',
      'b',
      'c',
      'e',
      'f',
    ]),
  }),
  {
    type: 'message',
    client: 'codex',
    method: 'tools/list',
    transport: 'http',
    request: 2,
    session: sessionHash('x'),
    outcome: 'success',
  },
  {
    type: 'message',
    client: 'codex',
    method: 'ping',
    transport: 'http',
    outcome: 'limited',
    rule: 'request-rate',
    count: 40,
  },
  { type: 'start', version: '1.0.0', transport: 'http', tools: 3, policyDigest: DIGEST },
  { type: 'stop', reason: 'SIGTERM' },
  { type: 'auth', outcome: 'denied', rule: 'auth.token', remote: '10.0.0.7', count: 3 },
  { type: 'input', outcome: 'denied', rule: 'stdio.line-too-long', transport: 'stdio', request: 'x', bytes: 33554432 },
  { type: 'policy', outcome: 'success', policyDigest: DIGEST },
  { type: 'rotated', previousFile: 'audit.jsonl.000000000000042' },
  { type: 'rotated', previousFile: 'audit.jsonl.000000000000042', oldestFile: 'audit.jsonl.000000000000007' },
  { type: 'integrity', findings: FINDING_KINDS.map((kind) => ({ kind, seq: 1, message: 'x' })).slice(0, 8), more: 1 },
  { type: 'integrity', findings: FINDING_KINDS.map((kind) => ({ kind, seq: 0, message: 'x' })).slice(-1) },
  { type: 'reopened', reason: 'missing' },
  { type: 'recovered', reason: 'torn', bytes: 17, sha256: '0'.repeat(64) },
  { type: 'recovered', reason: 'cut', lastSeq: 12 },
  { type: 'recovered', reason: 'unavailable', refused: 0 },
];

describe('a record', () => {
  test.each(everyKind.map((event) => [event.type, event] as const))(
    'of type %s is as the published schema says',
    (_type, event) => {
      expect(problems(encodeRecord(event, start, new Date(0)).line)).toEqual([]);
    },
  );

  test('fails the schema when a call was denied without a rule', () => {
    expect(problems(encodeRecord(call({ outcome: 'denied' }), start, new Date(0)).line)).not.toEqual([]);
  });

  test('fails the schema when something is added to it', () => {
    const { line } = encodeRecord(call(), start, new Date(0));
    expect(problems(line.replace('"client":', '"argumentText":"x","client":'))).not.toEqual([]);
  });

  test('can be read back, and its hash is that of the line without its last member', () => {
    const first = encodeRecord(call(), start, new Date(1));
    const second = encodeRecord(call(), first.head, new Date(2));
    expect(decodeRecord(second.line)).toMatchObject({
      schemaVersion: 1,
      seq: 2,
      time: '1970-01-01T00:00:00.002Z',
      prevHash: first.head.hash,
      hash: second.head.hash,
    });
  });

  test('fails to be read when one character is another', () => {
    const { line } = encodeRecord(call(), start, new Date(0));
    for (let index = 0; index < line.length; index += 7) {
      const changed = `${line.slice(0, index)}${line[index] === '0' ? '1' : '0'}${line.slice(index + 1)}`;
      expect(decodeRecord(changed), changed).toBeUndefined();
    }
  });
});

describe('hostile text', () => {
  const hostile: [string, string][] = [
    ['CR, LF, TAB, ESC, BEL', '\r\n\t\u001b[31m\u0007'],
    ['DEL and C1', '\u007f\u0080\u009b31m\u009f'],
    ['line and paragraph separators', 'a\u2028b\u2029c'],
    ['a lone surrogate', '\ud800'],
    ['a bidirectional override', '\u202egnp.exe\u2066'],
    ['an emoji and a byte order mark', '\u{1f600}\ufeff'],
  ];

  test.each(hostile)('%s is written as printable ASCII, on one line, and read back unchanged', async (_name, text) => {
    const path = logPath();
    const log = await openedLog({ path });
    await log.append(call({ tool: text, client: text, outcome: 'denied', rule: text }));
    expect(rawLines(path)).toHaveLength(1);
    expect(readFileSync(path, 'latin1')).toMatch(/^[\x20-\x7e]+\n$/);
    expect(records(path)[0]).toMatchObject({ tool: text, client: text, rule: text });
  });

  test('of 1 MB is cut, with its length and hash', async () => {
    const path = logPath();
    const log = await openedLog({ path });
    await log.append(
      call({ tool: 'x'.repeat(1024 * 1024), arguments: shapeOf({ path: 'y'.repeat(1024 * 1024) }, ['path']) }),
    );
    const sha256 = createHash('sha256').update('x'.repeat(1024 * 1024)).digest('hex');
    expect(records(path)[0]).toMatchObject({
      tool: `${'x'.repeat(256)}[cut: 1048576 characters, sha256 ${sha256}]`,
      arguments: {
        count: 1,
        declared: {
          path: {
            type: 'string',
            length: 1048576,
            sha256: createHash('sha256')
              .update('y'.repeat(1024 * 1024))
              .digest('hex'),
          },
        },
      },
    });
    expect(rawLines(path)[0]?.length).toBeLessThan(2_000);
  });

  test('of the worst kind in every place stays far below the longest line a reader takes', () => {
    const worst = '\u{10ffff}'.repeat(200_000);
    const args = Object.fromEntries(Array.from({ length: 64 }, (_, index) => [`parameter_${index}`, worst]));
    const { line } = encodeRecord(
      call({ tool: worst, client: worst, rule: worst, arguments: shapeOf(args, Object.keys(args)) }),
      start,
      new Date(0),
    );
    expect(line.length).toBeLessThan(MAX_LINE_BYTES / 4);
    expect(problems(line)).toEqual([]);
  });

  const secrets = [
    'ghp_0123456789abcdefghijABCDEFGHIJ012345',
    'Bearer dG9rZW4tb2YtYS1jbGllbnQ',
    'sk-proj-0123456789abcdefghij',
    'AKIAIOSFODNN7EXAMPLE',
    'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U',
    '0123456789abcdef0123456789abcdef0123456789abcdef',
    // What the manuals say to make a token with: openssl rand -hex 32, -base64 32.
    '3f786850e387550fdab836ed7e6dc881de23001b5c8a9e7f6d3b2a1c0e9f8d7c',
    'sha256:3f786850e387550fdab836ed7e6dc881de23001b5c8a9e7f6d3b2a1c0e9f8d7c',
    'q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA=',
    '-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAABG5vbmU',
  ];

  test.each(secrets)('the secret %s never reaches the log, wherever a client puts it', async (secret) => {
    const path = logPath();
    const log = await openedLog({ path });
    const args = { path: secret, [secret]: secret, list: [secret], deep: { [secret]: secret } };
    await log.append(call({ tool: `x ${secret}`, arguments: shapeOf(args, ['path', 'list', 'deep']) }));
    await log.append(call({ tool: secret, request: secret, rule: secret }));
    await log.append({ type: 'auth', outcome: 'denied', rule: 'auth.token', remote: secret });
    await log.append({ type: 'input', outcome: 'denied', rule: secret, transport: 'http', request: secret });
    await log.append({ type: 'stop', reason: `${secret} failed` });
    const text = readFileSync(path, 'utf8');
    expect(text).not.toContain(secret);
    expect(text).not.toContain(secret.slice(-20));
    expect(text).toContain('[redacted]');
  });
});

describe('the shape of arguments', () => {
  test('says types, lengths and counts and nothing else', () => {
    expect(
      shapeOf(
        { path: 'a/b', head: 5, all: true, none: null, list: ['x', 1], deep: { a: { b: 'secret' } }, made_up: 'x' },
        ['path', 'head', 'all', 'none', 'list', 'deep'],
      ),
    ).toEqual({
      count: 7,
      declared: {
        path: { type: 'string', length: 3 },
        head: { type: 'number' },
        all: { type: 'boolean' },
        none: { type: 'null' },
        list: { type: 'array', count: 2, itemTypes: ['number', 'string'] },
        deep: { type: 'object', count: 1 },
      },
      undeclared: 1,
    });
  });

  test.each([
    [undefined, { count: 0, declared: {} }],
    [{}, { count: 0, declared: {} }],
    [null, { count: 1, declared: {}, undeclared: 1 }],
    ['text', { count: 1, declared: {}, undeclared: 1 }],
    [[1, 2], { count: 1, declared: {}, undeclared: 1 }],
  ])('of %j is found without an error', (args, shape) => expect(shapeOf(args, ['path'])).toEqual(shape));

  test('of an argument called __proto__ is counted and reaches no prototype', () => {
    const args = JSON.parse('{"__proto__": {"polluted": true}, "constructor": 1}') as unknown;
    expect(shapeOf(args, ['path'])).toEqual({ count: 2, declared: {}, undeclared: 2 });
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  test('of a million items is found in little time', async () => {
    const list = new Array(1_900_000).fill(1);
    let shape: unknown;
    expect(await cpuMs(() => (shape = shapeOf({ list }, ['list'])))).toBeLessThan(500);
    expect(shape).toEqual({
      count: 1,
      declared: { list: { type: 'array', count: 1_900_000, itemTypes: ['number'] } },
    });
  });
});
