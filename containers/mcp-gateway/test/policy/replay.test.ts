import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { fakeTool } from './fake-tool';
import { shapeOf } from '../../src/audit/shape';
import { manifestDigest, LoadedManifest } from '../../src/manifest/load';
import { Manifest } from '../../src/manifest/manifest';
import { Policy } from '../../src/policy/policy';
import { RecordedCall, Replay } from '../../src/policy/replay';
import { Tool } from '../../src/tools/tool';
import { exampleManifest } from '../manifest/example';

const loaded = (manifest: Manifest): LoadedManifest => ({
  file: 'm.json',
  manifest,
  digest: manifestDigest(manifest),
  notices: [],
});
const manifestOf = (tools: readonly Tool[]): LoadedManifest =>
  loaded(exampleManifest({ tools: tools.map(({ spec }) => spec) }));

const BEFORE = manifestOf([fakeTool()]);
let seq = 0;

function recorded(args: object, changes: Partial<RecordedCall> = {}): RecordedCall {
  seq += 1;
  return {
    type: 'call',
    seq,
    time: new Date(seq * 1000).toISOString(),
    client: 'codex',
    tool: 'read_file',
    transport: 'http',
    arguments: shapeOf(args, ['path', 'offset']),
    outcome: 'success',
    durationMs: 1,
    bytesOut: 1,
    policyDigest: BEFORE.digest,
    ...changes,
  };
}

function replay(tools: readonly Tool[], previous?: LoadedManifest): Replay {
  return new Replay({ next: manifestOf(tools), policy: new Policy(tools), previous });
}

describe('replay', () => {
  test('decides as before under the same manifest', () => {
    const same = replay([fakeTool()]);
    expect(same.next(recorded({ path: 'a' }))).toMatchObject({ was: 'allowed', now: 'allowed' });
    expect(same.next(recorded({ path: 'secret' }, { outcome: 'denied', rule: 'path-denied' }))).toMatchObject({
      was: 'denied',
      now: 'denied',
      rule: 'path-denied',
    });
  });

  test('reports a tool that is gone', () => {
    expect(replay([]).next(recorded({ path: 'a' }))).toMatchObject({
      was: 'allowed',
      now: 'denied',
      rule: 'unknown-tool',
    });
  });

  test('reports a client that may no longer call the tool', () => {
    expect(replay([fakeTool({ clients: ['other'] })]).next(recorded({ path: 'a' }))).toMatchObject({
      now: 'denied',
      rule: 'tool-not-for-client',
    });
  });

  test('reports unknown when rules on values changed', () => {
    const narrower = fakeTool({ paths: { allow: ['docs/**'] } });
    expect(replay([narrower]).next(recorded({ path: 'a' }))).toMatchObject({ was: 'allowed', now: 'unknown' });
    expect(replay([narrower], BEFORE).next(recorded({ path: 'a' }))).toMatchObject({ now: 'unknown' });
  });

  test('relies on an unchanged tool when the manifest of then is at hand', () => {
    const slower = fakeTool({ limits: { ...fakeTool().spec.limits, timeoutMs: 50 }, clients: ['codex', 'other'] });
    expect(replay([slower]).next(recorded({ path: 'a' }))).toMatchObject({ now: 'unknown' });
    expect(replay([slower], BEFORE).next(recorded({ path: 'a' }))).toMatchObject({ now: 'allowed' });
  });

  test('does not rely on a manifest under which the call was not recorded', () => {
    const slower = fakeTool({ clients: ['codex', 'other'] });
    expect(
      replay([slower], BEFORE).next(recorded({ path: 'a' }, { policyDigest: `sha256:${'0'.repeat(64)}` })),
    ).toMatchObject({ now: 'unknown' });
  });

  test('reports arguments whose shape no longer fits', () => {
    const other = fakeTool({
      input: z.strictObject({ path: z.string().max(3), depth: z.int().optional() }),
      paths: { allow: ['a'] },
    });
    expect(replay([other]).next(recorded({ path: 'abcd' }))).toMatchObject({
      now: 'denied',
      rule: 'invalid-arguments',
    });
    expect(replay([other]).next(recorded({ path: 'abc', offset: 1 }))).toMatchObject({
      now: 'denied',
      rule: 'invalid-arguments',
    });
    expect(replay([other]).next(recorded({}))).toMatchObject({ now: 'denied', rule: 'invalid-arguments' });
    expect(replay([other]).next(recorded({ path: 'abc' }))).toMatchObject({ now: 'unknown' });
  });

  test('does not claim to know what a parameter that did not exist then would have said', () => {
    const call = recorded(
      { unheard: 1 },
      { tool: 'new_tool', outcome: 'denied', rule: 'unknown-tool', arguments: shapeOf({ unheard: 1 }, []) },
    );
    expect(replay([fakeTool({ name: 'new_tool' })]).next(call)).toMatchObject({ was: 'denied', now: 'unknown' });
  });

  test('reports calls that a lower rate limit would refuse', () => {
    const limited = fakeTool({ limits: { ...fakeTool().spec.limits, callsPerMinute: 2 } });
    const run = replay([limited], BEFORE);
    const verdicts = [1, 2, 3].map(() => run.next(recorded({ path: 'a' })).now);
    expect(verdicts).toEqual(['allowed', 'allowed', 'limited']);
  });

  test('counts calls by the minute in which they were made', () => {
    const slow = fakeTool({ limits: { ...fakeTool().spec.limits, callsPerMinute: 1 } });
    const run = replay([slow], BEFORE);
    const at = (second: number): RecordedCall =>
      recorded({ path: 'a' }, { time: new Date(1e12 + second * 1000).toISOString() });
    expect([0, 61, 62].map((second) => run.next(at(second)).now)).toEqual(['allowed', 'allowed', 'limited']);
  });

  test.each(['queue-full', 'queue-timeout'])('takes a call refused by %s as one that the policy allowed', (rule) => {
    const busy = recorded({ path: 'a' }, { outcome: 'limited', rule });
    expect(replay([fakeTool()]).next(busy)).toMatchObject({ was: 'allowed', now: 'allowed' });
    expect(replay([]).next(busy)).toMatchObject({ was: 'allowed', now: 'denied', rule: 'unknown-tool' });
  });

  test('says for how many calls a record stands', () => {
    expect([undefined, 3].map((count) => replay([fakeTool()]).next(recorded({ path: 'a' }, { count })).count)).toEqual([
      1, 3,
    ]);
  });

  test('decides a call without arguments again, whatever changed', () => {
    const optional = fakeTool({ input: z.strictObject({ path: z.string().optional() }), paths: { allow: ['x'] } });
    expect(replay([optional]).next(recorded({}))).toMatchObject({ now: 'allowed' });
    const closed = { ...optional, decide: () => ({ allowed: false, rule: 'path-denied' }) } as Tool;
    expect(replay([closed]).next(recorded({}))).toMatchObject({ now: 'denied', rule: 'path-denied' });
  });

  test('compares a tool with itself of then, in whatever order its rules are written', () => {
    const { spec } = fakeTool();
    const other = fakeTool({ name: 'other_file', paths: { allow: ['other/**'] } });
    const turned = { ...fakeTool(), spec: Object.fromEntries(Object.entries(spec).reverse()) as never as Tool['spec'] };
    const call = (previous: LoadedManifest): RecordedCall => recorded({ path: 'a' }, { policyDigest: previous.digest });
    const two = manifestOf([other, fakeTool()]);
    expect(replay([turned], two).next(call(two))).toMatchObject({ now: 'allowed' });
    const without = manifestOf([other]);
    expect(replay([fakeTool()], without).next(call(without))).toMatchObject({ now: 'unknown' });
    const elsewhere = loaded({ ...two.manifest, workspace: { ...two.manifest.workspace, root: '/elsewhere' } });
    expect(replay([fakeTool()], elsewhere).next(call(elsewhere))).toMatchObject({ now: 'unknown' });
  });

  test.each([
    ['limited', { outcome: 'limited', rule: 'client-rate' }],
    ['denied', { outcome: 'denied', rule: 'unknown-tool' }],
    ['denied', { outcome: 'denied', rule: 'tool-not-for-client' }],
  ] as const)(
    'reports unknown for the arguments of a call that was %s before they were checked: %j',
    (was, changes) => {
      const tools = [fakeTool()];
      const call = recorded({ path: 'a' }, { ...changes, policyDigest: manifestOf(tools).digest });
      expect(replay(tools).next(call)).toMatchObject({ was, now: 'unknown' });
    },
  );
});
