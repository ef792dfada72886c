import { composePath, editCompose, editService, GARVIS, linesOf, Texts, withText } from './support';
import { findChanges } from '../../src/diff/find-changes';
import { formatChanges } from '../../src/diff/format-changes';

const COMPOSE = composePath(GARVIS);
const MANIFEST = [...GARVIS.keys()].find((path) => path.endsWith('services/mcp-gateway.yaml'))!;
const POLICY = [...GARVIS.keys()].find((path) => path.endsWith('mcp-gateway/manifest.json'))!;

function withCompose(text: string): Texts {
  return withText(GARVIS, COMPOSE, () => text);
}

const BOMB = 'a: &a [x]\n' +
  `${[...'bcdefghij'].map((name, index) => `${name}: &${name} [${`*${'abcdefghi'[index]},`.repeat(9)}]\n`).join('')}`;

test.each<[string, string, RegExp]>([
  ['conflict marks', '<<<<<<< HEAD\nname: a\n=======\nname: b\n>>>>>>> other\n', /not plain YAML/],
  ['an alias bomb', BOMB, /has aliases/],
  ['a tag', 'services: !reset null\n', /not plain YAML/],
  ['a key that stands twice', 'services: {}\nservices: {}\n', /the key "services" stands twice/],
  ['a key that is a list', '? [a]\n: b\n', /a key is not a text/],
  ['a list', '- a\n', /not one map/],
  ['two documents', 'a: 1\n---\nb: 1\n', /not one map/],
  ['nothing', '', /not one map/],
  ['brackets without end', '['.repeat(100_000), /not plain YAML|nested too deeply/],
  ['lists in lists', `${'- '.repeat(50_000)}a\n`, /not plain YAML|nested too deeply/],
  ['too much of it', `a: "${'x'.repeat(5 * 1024 * 1024)}"\n`, /more than 4 Mi characters/],
])('reports only that a committed compose file is unreadable: %s', (_name, text, reason) => {
  const lines = linesOf(withCompose(text), GARVIS);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(reason);
  expect(lines[0]).toContain(COMPOSE);
});

test('reports unreadable manifests and still compares the compose file', () => {
  const before = editService('codex-cli', (service) => {
    service.read_only = false;
  })(withText(GARVIS, MANIFEST, () => 'a: *b\n'));
  expect(linesOf(before, GARVIS)).toEqual([
    expect.stringMatching(new RegExp(`^unread ${MANIFEST}: `)),
    'narrowed  codex-cli  root filesystem: writable -> read-only  (compose)',
  ]);
});

test('a policy that cannot be read makes no tool look new', () => {
  const lines = linesOf(withText(GARVIS, POLICY, () => '{"tools": [<<<<<<<'), GARVIS);
  expect(lines).toEqual([
    `unread ${POLICY}: it is not JSON`,
    'neutral  mcp-gateway  file /etc/mcp-gateway/manifest.json: changed, see the text diff  (compose)',
  ]);
});

test('reports a policy that is nested too deeply', () => {
  const nested = `{"clients": [], "tools": ${'['.repeat(200_000)}${']'.repeat(200_000)}}`;
  expect(() => linesOf(withText(GARVIS, POLICY, () => nested), GARVIS)).not.toThrow();
});

test.each<[string, unknown]>([
  ['nothing', null],
  ['a text', 'x'],
  ['a number', 7],
  ['a list', [1, [2]]],
  ['a list of nothing', [null]],
  ['a map', { a: { b: null } }],
])('accepts any value in place of the expected one: %s', (_name, value) => {
  const keys = Object.keys(JSON.parse(JSON.stringify(readService())));
  for (const key of keys) {
    const before = editService('mcp-gateway', (service) => {
      service[key] = value;
    })(GARVIS);
    expect(linesOf(before, GARVIS).length).toBeGreaterThan(0);
  }
  expect(
    linesOf(
      editCompose((file) => {
        file.services = value;
      })(GARVIS),
      GARVIS,
    ).length,
  ).toBeGreaterThan(0);
});

function readService(): object {
  let found: object = {};
  editService('mcp-gateway', (service) => { found = service; })(GARVIS);
  return found;
}

test('names of a prototype are names', () => {
  const before = withText(GARVIS, COMPOSE, (text) =>
    text.replace('services:\n', 'services:\n  __proto__: {privileged: true}\n  constructor: {image: a}\n'),
  );
  const lines = linesOf(before, GARVIS);
  expect(lines).toEqual(
    expect.arrayContaining([
      'narrowed  __proto__  privileged: removed, true  (compose)',
      'narrowed  constructor  service: removed, a  (compose)',
    ]),
  );
  expect(({} as { privileged?: boolean }).privileged).toBeUndefined();
});

test('control characters, long values and marks of a terminal cannot hide or fake a line', () => {
  const image = `a\u001b[2J\nWIDENED  nothing\u202e${'x'.repeat(1000)}`;
  const changes = findChanges(GARVIS, editService('codex-cli', (service) => { service.image = image; })(GARVIS));
  const text = formatChanges('dist', changes, { color: false, effects: ['widened', 'narrowed', 'neutral'] });
  expect(text).toMatch(
    new RegExp(
      String.raw`^changed {3}codex-cli {2}image: garvis/codex-cli:\S+ -> a\\x1b\[2J\\x0aWIDENED {2}nothing\\u202exxx` +
        String.raw`[^\n]{0,200}… {2}\(compose\)\n\n$`,
    ),
  );
});

test('a value whose name says that it is secret is compared and not shown', () => {
  const edit = (value: string) =>
    editService('ollama', (service) => {
      service.environment.API_TOKEN = value;
    })(GARVIS);
  expect(linesOf(edit('hunter2'), edit('hunter3'))).toEqual([
    'neutral  ollama  environment API_TOKEN: changed, see the text diff  (compose)',
  ]);
  expect(JSON.stringify(findChanges(edit('hunter2'), edit('hunter3')))).not.toContain('hunter');
});

test('what is widened is never cut, the rest is when it is long', () => {
  const text = (level: string) =>
    withCompose(`services:\n  a:\n${Array.from({ length: 300 }, (_, index) => `    ${level}${index}: x\n`).join('')}`);
  const shown = formatChanges('dist', findChanges(text('old'), text('new')), {
    color: true,
    effects: ['widened', 'narrowed', 'neutral'],
  });
  expect(
    shown.split('\n').filter((line) => line.startsWith('\u001b[1m\u001b[31mWIDENED\u001b[39m\u001b[22m  ')),
  ).toHaveLength(300);
  expect(shown).toContain('narrowed  ... and 180 more: --json lists all\n');
});
