import { truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { aFolder, files, modeOf, removeFolders, SOURCE } from './support';
import { SynthDocument, writeDocument } from '../../src/assembly/document';
import { readDocument } from '../../src/assembly/read-document';
import { Severity } from '../../src/model/finding';

afterEach(removeFolders);

const GOOD: SynthDocument = {
  schemaVersion: 1,
  outdir: 'dist',
  source: SOURCE,
  plan: { name: 'garvis' },
  findings: [
    {
      rule: 'image-tag',
      severity: Severity.WARNING,
      path: 'garvis/ollama',
      location: { file: SOURCE, line: 3, column: 7 },
      message: 'm',
      fix: 'n',
      waived: 'r',
    },
  ],
  files: files({ 'a.yaml': 'a' }),
};

function messagesFor(text: string): readonly string[] {
  const file = join(aFolder(), 'document.json');
  writeFileSync(file, text);
  return readDocument(file).findings.map(({ rule, message }) => `${rule}: ${message}`);
}

test('what is written is read back', () => {
  const file = join(aFolder(), 'document.json');
  writeDocument(file, GOOD);
  expect(readDocument(file)).toEqual({ document: GOOD, findings: [] });
  expect(modeOf(file)).toBe('600');
});

test('fails when an app hands over twice', () => {
  const file = join(aFolder(), 'document.json');
  writeDocument(file, GOOD);
  expect(() => writeDocument(file, GOOD)).toThrow('synth() was called twice');
});

test.each([
  ['no JSON', '{', 'is not JSON'],
  ['a list', '[]', 'must be a mapping, and is a list'],
  ['null', 'null', 'must be a mapping, and is nothing'],
  [
    'another version',
    JSON.stringify({ ...GOOD, schemaVersion: 2 }),
    '`schemaVersion` must be the number 1, and is the number 2',
  ],
  ['no version', '{}', '`schemaVersion` is missing'],
  ['no source', JSON.stringify({ ...GOOD, source: '' }), '`source` is empty'],
  ['no outdir', JSON.stringify({ ...GOOD, outdir: undefined }), '`outdir` is missing'],
  ['a source with control characters', JSON.stringify({ ...GOOD, source: 'a\nb' }), '`source` has a control'],
  ['no plan', JSON.stringify({ ...GOOD, plan: undefined }), '`plan` is missing'],
  ['findings that are no list', JSON.stringify({ ...GOOD, findings: {} }), '`findings` must be a list'],
  [
    'a finding without text',
    JSON.stringify({ ...GOOD, findings: [{ rule: 'x', severity: 'error' }] }),
    '`findings[0].message` is missing',
  ],
  [
    'a finding of unknown weight',
    JSON.stringify({ ...GOOD, findings: [{ ...GOOD.findings[0], severity: 'fatal' }] }),
    '`findings[0].severity` must be `error` or `warning`, and is the text "fatal"',
  ],
  [
    'a finding at no line',
    JSON.stringify({ ...GOOD, findings: [{ ...GOOD.findings[0], location: { file: 'x' } }] }),
    '`findings[0].location.line` is missing',
  ],
  [
    'a waiver that is not a text',
    JSON.stringify({ ...GOOD, findings: [{ ...GOOD.findings[0], waived: true }] }),
    '`findings[0].waived` must be text',
  ],
  ['a null finding', JSON.stringify({ ...GOOD, findings: [null] }), '`findings[0]` must be a mapping'],
  ['a file without content', JSON.stringify({ ...GOOD, files: [{ path: 'a' }] }), '`files[0].content` is missing'],
  ['a file without path', JSON.stringify({ ...GOOD, files: [{ content: 'a' }] }), '`files[0].path` is missing'],
  ['a null file', JSON.stringify({ ...GOOD, files: [null] }), '`files[0]` must be a mapping'],
  [
    'a kept file that leads out of the folder',
    JSON.stringify({ ...GOOD, kept: [{ path: '../a', digest: `sha256:${'0'.repeat(64)}` }] }),
    '`kept[0].path` has the part ".."',
  ],
  [
    'a kept file with a short digest',
    JSON.stringify({ ...GOOD, kept: [{ path: 'a', digest: 'sha256:0' }] }),
    '`kept[0].digest` is "sha256:0", which is not `sha256:` and 64 hexadecimal digits',
  ],
  ['a place that is no place', JSON.stringify({ ...GOOD, sources: { a: 5 } }), '`sources.a` must be a mapping'],
])('fails on %s', (_, text, problem) => {
  expect(messagesFor(text)).toEqual([expect.stringMatching(/^output-document: /)]);
  expect(messagesFor(text)[0]).toContain(problem);
});

test('fails on each path that may not be written', () => {
  const bad = ['../x', '/etc/passwd', 'a\u0000b', '.git/hooks/pre-commit'].map((path) => ({ path, content: 'x\n' }));
  expect(messagesFor(JSON.stringify({ ...GOOD, files: bad }))).toHaveLength(4);
});

test('fails on a document that is too large, without reading it', () => {
  const file = join(aFolder(), 'document.json');
  writeFileSync(file, '');
  // a sparse file: nothing is stored
  truncateSync(file, 300 * 1024 * 1024);
  expect(readDocument(file).findings).toMatchObject([
    { rule: 'output-document', message: 'The result of the app has more than 256 MiB.' },
  ]);
});
