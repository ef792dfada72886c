import { findPlace } from '../../src/explain/find-place';
import { readLocation } from '../../src/explain/location';
import { Places } from '../../src/explain/places';
import { UsageError } from '../../src/util/errors';
import { aFolder, put, removeFolders } from '../cli/support';
import { aPlan, aService } from '../plan/plan-builder';

afterAll(removeFolders);

const plan = aPlan({ linterSuppressions: [], services: [aService()] });
const BOMB = [
  'a: &a [x,x,x,x,x,x,x,x,x]',
  ...[...'bcdefghi'].map((name, index) => `${name}: &${name} [${Array(9).fill(`*${'abcdefgh'[index]}`).join(',')}]`),
].join('\n');
const PLACES = [
  '1',
  '2',
  '3',
  '1000000000',
  'services.web.image',
  'services.__proto__.image',
  'services.constructor',
  'a[0]',
  '[',
  '"',
  '..',
  '.',
  'services..web',
  `${'a.'.repeat(10_000)}b`,
];

/** A committed file is input from outside: whatever it holds, a place is found or refused, soon. */
function look(words: readonly string[], file: string, text: string): void {
  const root = aFolder();
  put(root, `dist/${file}`, text);
  const places = new Places(root, 'dist', plan);
  for (const place of PLACES) {
    const began = process.cpuUsage();
    try {
      findPlace(plan, readLocation([...words, place], places, root), places);
    } catch (error) {
      expect(error).toBeInstanceOf(UsageError);
    }
    expect(process.cpuUsage(began).user / 1000).toBeLessThan(5_000);
  }
}

describe.each([
  ['a bomb of aliases', `${BOMB}\n`],
  ['an alias of itself', 'services: &a\n  web: *a\n'],
  ['an alias of nothing', 'services: *nobody\n'],
  ['deep nesting', `services: ${'['.repeat(5000)}${']'.repeat(5000)}\n`],
  ['deep nesting in blocks', `${Array.from({ length: 1000 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n')}\n`],
  ['a prototype', 'services:\n  __proto__:\n    image: x\n  constructor:\n    image: x\n'],
  ['keys that are lists', 'services:\n  ? [a, b]\n  : x\n  ? {c: d}\n  : y\n'],
  ['keys that are nothing', '? \n: x\n~: y\n'],
  ['values that are nothing', 'services:\n  web:\n    image:\n'],
  ['many documents', '---\nkind: 1\n---\n- a\n---\n---\nx\n'],
  ['a list at the top', '- services\n- web\n'],
  ['a text at the top', 'services\n'],
  ['line ends of Windows', 'services:\r\n  web:\r\n    image: x\r\n'],
  ['a byte order mark', '\ufeffservices:\n  web:\n    image: x\n'],
  ['tags', 'services: !!binary AAAA\nother: !evil {a: 1}\n'],
  ['nothing', ''],
  ['a comment only', '# a\n'],
])('%s does no harm', (_, text) => {
  test('in the Compose file', () => look(['compose'], 'compose/docker-compose.draft.yml', text));
  test('in a manifest', () => look(['kubernetes', 'services/web.yaml'], 'kubernetes/draft/services/web.yaml', text));
  test('in the page', () => look(['status'], 'docs/STATUS.md', text));
});
