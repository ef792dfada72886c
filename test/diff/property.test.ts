import * as fc from 'fast-check';
import { parse, stringify } from 'yaml';
import { asSet, composePath, Data, GARVIS, manifestOf, objectsOf, reversed, Texts } from './support';
import { Access, compareAccess } from '../../src/diff/access';
import { findChanges } from '../../src/diff/find-changes';
import { formatChange, formatUnread } from '../../src/diff/format-changes';
import { isUnprintable } from '../../src/util/printable';

jest.setTimeout(240_000);

const NUMBERS = { numRuns: 60 };
const SERVICES = ['codex-cli', 'mcp-gateway'];
const TOOLS = ['fs_read', 'git_log', 'git_show', 'image_list'];

/** One file as data, and how it becomes text again. */
interface Part {
  readonly path: string;
  readonly data: Data;
  readonly write: (data: Data) => string;
}

/** A part of GARVIS, small enough to be read often. */
const PARTS: readonly Part[] = [composePart(), policyPart(), ...[...GARVIS.keys()].flatMap(manifestPart)];

function composePart(): Part {
  const path = composePath(GARVIS);
  const data = parse(GARVIS.get(path)!);
  data.services = Object.fromEntries(SERVICES.map((name) => [name, data.services[name]]));
  return { path, data, write: (file) => stringify(file, { aliasDuplicateObjects: false }) };
}

function policyPart(): Part {
  const path = [...GARVIS.keys()].find((one) => one.endsWith('mcp-gateway/manifest.json'))!;
  const data = JSON.parse(GARVIS.get(path)!);
  data.tools = data.tools.filter(({ name }: Data) => TOOLS.includes(name));
  return { path, data, write: (policy) => `${JSON.stringify(policy)}\n` };
}

function manifestPart(path: string): Part[] {
  return /kubernetes\/.*(?:codex-cli|namespace|policies)\.yaml$/.test(path)
    ? [{ path, data: objectsOf(GARVIS.get(path)!), write: manifestOf }]
    : [];
}

/** Where to change something, and into what. */
interface Mutation {
  readonly part: number;
  readonly steps: readonly number[];
  readonly value: Data;
}

const oddText = fc.oneof(
  fc.constantFrom('', '0', 'host', '0.0.0.0', '${HOME}', '$$', '../..', '*', '0:0', '8811', 'yes'),
  fc.string({ maxLength: 8, unit: 'grapheme-ascii' }),
);
const scalar = fc.oneof(oddText, fc.integer({ min: -9, max: 99_999 }), fc.boolean(), fc.constant(null));
const value = fc.oneof(
  scalar,
  fc.array(scalar, { maxLength: 3 }),
  fc.dictionary(fc.constantFrom('a', 'name', 'port', 'source', 'target', 'type', '__proto__'), scalar, { maxKeys: 3 }),
  fc.constant(undefined),
);
const mutation: fc.Arbitrary<Mutation> = fc.record({
  part: fc.nat({ max: PARTS.length - 1 }),
  steps: fc.array(fc.nat({ max: 40 }), { minLength: 1, maxLength: 8 }),
  value,
});

/** A version of the files after some changes. */
function textsOf(mutations: readonly Mutation[]): Texts {
  return new Map(PARTS.map(({ path, data, write }, index) => {
    const copy = structuredClone(data);
    for (const one of mutations.filter(({ part }) => part === index)) { mutate(copy, one.steps, one.value); }
    return [path, write(copy)];
  }));
}

function mutate(data: Data, [step, ...rest]: readonly number[], into: Data): void {
  const keys = Object.keys(data);
  if (keys.length === 0) { return; }
  const key = keys[step % keys.length];
  if (rest.length > 0 && typeof data[key] === 'object' && data[key] !== null) {
    mutate(data[key], rest, into);
  } else if (into === undefined) {
    Array.isArray(data) ? data.splice(Number(key), 1) : delete data[key];
  } else {
    data[key] = into;
  }
}

/** Other bytes that say the same. */
function respaced(texts: Texts): Texts {
  return new Map(
    [...texts].map(([path, text]) => [path, path.endsWith('.json') ? text : `# Another comment.\n${text}`]),
  );
}

const versions = fc.tuple(fc.array(mutation, { maxLength: 4 }), fc.array(mutation, { maxLength: 4 }));

test('no words for what is the same; the way back undoes each change; words are safe to print', () => {
  fc.assert(fc.property(versions, ([one, other]) => {
    const [before, after] = [textsOf(one), textsOf(other)];
    expect(findChanges(before, respaced(before)).changes).toEqual([]);
    const there = findChanges(before, after);
    const back = findChanges(after, before);
    expect(asSet(back.changes)).toEqual(asSet(reversed(there.changes)));
    const lines = [...there.changes.map(formatChange), ...there.unread.map((unread) => formatUnread('dist', unread))];
    expect(lines.filter(isUnprintable)).toEqual([]);
  }), NUMBERS);
});

test('no change of what a file says passes in silence', () => {
  fc.assert(fc.property(fc.array(mutation, { minLength: 1, maxLength: 2 }), (mutations) => {
    const [before, after] = [textsOf([]), textsOf(mutations)];
    const differs = PARTS.some(({ path }) => before.get(path) !== after.get(path));
    const { changes, unread } = findChanges(before, after);
    expect(changes.length + unread.length > 0).toBe(differs);
  }), NUMBERS);
});

const access: fc.Arbitrary<Access | undefined> = fc.option(fc.record({
  grants: fc.subarray(['a', 'b', 'c']),
  denies: fc.subarray(['x', 'y']),
  level: fc.integer({ min: 0, max: 2 }),
}), { nil: undefined });

test('what is wider one way is narrower the other way', () => {
  const opposite = { wider: 'narrower', narrower: 'wider', same: 'same', mixed: 'mixed' };
  fc.assert(fc.property(access, access, (one, other) => {
    expect(compareAccess(other, one)).toBe(opposite[compareAccess(one, other)]);
    expect(compareAccess(one, one)).toBe('same');
  }));
});
