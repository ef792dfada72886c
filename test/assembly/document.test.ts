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
  ['a list', '[]', 'it is not an object'],
  ['null', 'null', 'it is not an object'],
  ['another version', JSON.stringify({ ...GOOD, schemaVersion: 2 }), '"schemaVersion" is 2, this command knows 1'],
  ['no version', '{}', '"schemaVersion" is missing'],
  ['no source', JSON.stringify({ ...GOOD, source: '' }), '"source" is not a path'],
  ['no outdir', JSON.stringify({ ...GOOD, outdir: undefined }), '"outdir" is not a path'],
  ['a source with control characters', JSON.stringify({ ...GOOD, source: 'a\nb' }), '"source" is not a path'],
  ['no plan', JSON.stringify({ ...GOOD, plan: undefined }), '"plan" is missing'],
  ['findings that are no list', JSON.stringify({ ...GOOD, findings: {} }), '"findings" is not a list'],
  [
    'a finding without text',
    JSON.stringify({ ...GOOD, findings: [{ rule: 'x', severity: 'error' }] }),
    '"findings[0]" has no text "message"',
  ],
  [
    'a finding of unknown weight',
    JSON.stringify({ ...GOOD, findings: [{ ...GOOD.findings[0], severity: 'fatal' }] }),
    'has a "severity"',
  ],
  [
    'a finding at no line',
    JSON.stringify({ ...GOOD, findings: [{ ...GOOD.findings[0], location: { file: 'x' } }] }),
    'has a "location"',
  ],
  [
    'a waiver that is not a text',
    JSON.stringify({ ...GOOD, findings: [{ ...GOOD.findings[0], waived: true }] }),
    'has a "waived"',
  ],
  ['a null finding', JSON.stringify({ ...GOOD, findings: [null] }), 'is not an object'],
  ['a file without content', JSON.stringify({ ...GOOD, files: [{ path: 'a' }] }), '"files[0]" has no text "content"'],
  ['a file without path', JSON.stringify({ ...GOOD, files: [{ content: 'a' }] }), '"files[0]" has no text "path"'],
  ['a null file', JSON.stringify({ ...GOOD, files: [null] }), 'is not an object'],
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
    { rule: 'output-document', message: 'The app handed over more than 256 MiB.' },
  ]);
});
