import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { fingerprintOf } from '../../src/model/fingerprint';

const A = `sha256:${'0a'.repeat(32)}`;
const B = `sha256:${'0b'.repeat(32)}`;
const digest = fc.stringMatching(/^sha256:[0-9a-f]{64}$/);
const parts = fc.uniqueArray(fc.record({ name: fc.stringMatching(/^[a-z][ -~]*[a-z]$/), digest }), {
  selector: ({ name }) => name,
});

test('a fingerprint is the digest over a line for each part, sorted', () => {
  const expected = createHash('sha256').update(`pin a ${A}\nservice b ${B}\n`).digest('hex');
  expect(fingerprintOf([{ name: 'service b', digest: B }, { name: 'pin a', digest: A }])).toBe(`sha256:${expected}`);
});

test('a fingerprint does not depend on the order of the parts', () => {
  fc.assert(fc.property(parts, (some) => {
    expect(fingerprintOf([...some].reverse())).toBe(fingerprintOf(some));
  }));
});

test('a fingerprint depends on every name and every digest', () => {
  fc.assert(fc.property(parts, fc.nat(), digest, (some, at, other) => {
    fc.pre(some.length > 0);
    const index = at % some.length;
    fc.pre(some[index].digest !== other);
    const changed = some.map((part, place) => (place === index ? { ...part, digest: other } : part));
    const named = some.map((part, place) => (place === index ? { ...part, name: `${part.name}x` } : part));
    expect(new Set([some, changed, named, some.slice(1)].map(fingerprintOf)).size).toBe(4);
  }));
});
