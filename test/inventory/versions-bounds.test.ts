import { PinInventory } from '../../src/inventory/pin-inventory';

const MEBIBYTE = 1024 * 1024;

function filled(text: string): string {
  return text.repeat(Math.floor(MEBIBYTE / text.length));
}

/** One mebibyte of each: the most that a file may have. */
const HOSTILE: readonly (readonly [string, string])[] = [
  ['open brackets', filled('[')],
  ['open braces', filled('{')],
  ['lists in lists', filled('- ')],
  ['explicit keys', filled('? ')],
  ['the same key', filled('a: b\n')],
  ['different keys', Array.from({ length: 65536 }, (_, index) => `key${index}: 1\n`).join('')],
  ['keys in one line', filled('a: b: c\n')],
  [
    'an anchors bomb',
    `a: &a [x]\n${Array.from({ length: 40000 }, (_, index) => `b${index}: &b${index} [*a, *a]\n`).join('')}`,
  ],
  ['anchors', filled('&a ')],
  ['directives', filled('%A\n')],
  ['documents', filled('---\n')],
  ['colons', filled(':')],
  ['quotes', filled("'")],
  ['an open quote', `"${filled('a')}`],
  ['bad escapes', `a: "${filled('\\q')}"`],
  ['escapes out of Unicode', `a: "${filled('\\UFFFFFFFF')}"`],
  ['line ends', filled('\n')],
  ['tabs', filled('\t')],
  ['comments', filled('#\n')],
  ['flow items', `[${filled('a,')}`],
  ['empty items', `schemaVersion: 1\ncomponents: [${filled(',')}]`],
  ['components', `schemaVersion: 1\ncomponents:\n${'  - id: a\n'.repeat(9000)}`],
  ['a long id', `schemaVersion: 1\ncomponents:\n  - id: ${filled('a-')}_\n`],
  ['a long repository', `schemaVersion: 1\ncomponents:\n  - id: a\n    image: {repository: ${filled('a.')}_}\n`],
  ['a long key', `? ${filled('version')}\n: 1\n`],
];

describe('a hostile mebibyte', () => {
  test.each(HOSTILE)('of %s is refused in seconds, with a place and few words', (_, text) => {
    const start = process.cpuUsage();
    const { findings } = PinInventory.fromText(text, 'v.yaml');
    const seconds = process.cpuUsage(start).user / 1e6;
    expect(findings.length).toBeGreaterThan(0);
    expect(findings.length).toBeLessThanOrEqual(51);
    for (const { location, message } of findings) {
      expect([(location?.line ?? 0) >= 1, (location?.column ?? 0) >= 1, message.length < 600]).toEqual([
        true,
        true,
        true,
      ]);
    }
    expect(seconds).toBeLessThan(3);
  });
});

test('more findings than anyone reads are counted', () => {
  const { findings } = PinInventory.fromText(
    `schemaVersion: 1\ncomponents: []\n${Array.from({ length: 60 }, (_, index) => `x${index}: 1\n`).join('')}`,
    'v.yaml',
  );
  expect(findings.at(-1)?.message).toBe('10 more findings are not listed.');
});
