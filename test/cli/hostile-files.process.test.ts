import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import * as yaml from 'yaml';
import { toolbox } from './support';
import { readProjectFile } from '../../src/app/project-file';
import { readDocument } from '../../src/assembly/read-document';
import { formatFindings } from '../../src/cli/format-findings';
import { Approval } from '../../src/inventory/approval';
import { Evidence } from '../../src/inventory/evidence';
import { LinterSuppressions } from '../../src/inventory/linter-suppressions';
import { PinInventory } from '../../src/inventory/pin-inventory';
import { Failure } from '../../src/model/failure';
import { Finding } from '../../src/model/finding';
import { UsageError } from '../../src/util/errors';
import { aFolder, put, removeFolders } from '../assembly/support';
import { anything } from '../models/arbitrary-texts';

afterAll(removeFolders);

const SEED = { seed: 4711 };

/** Bytes of all kinds, text of all kinds, and documents that look like the real one. */
function contents(real: string): fc.Arbitrary<string | Uint8Array> {
  const lines = real.split('\n');
  const tree = fc.anything({
    key: fc.oneof(
      anything,
      fc.constantFrom('schemaVersion', 'components', 'app', 'outdir', 'check', 'outcome', 'parts'),
    ),
    maxDepth: 4,
    withNullPrototype: false,
  });
  const edited = fc
    .tuple(fc.nat(lines.length - 1), anything, fc.constantFrom('insert', 'replace', 'cut'))
    .map(([at, text, how]) =>
      [
        ...lines.slice(0, at),
        ...(how === 'cut' ? [lines[at].slice(0, Math.ceil(lines[at].length / 2))] : [text]),
        ...lines.slice(how === 'insert' ? at : at + 1),
      ].join('\n'),
    );
  return fc.oneof(
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }) },
    { weight: 1, arbitrary: anything },
    { weight: 2, arbitrary: tree.map((value) => attempt(() => JSON.stringify(value)) ?? '{}') },
    { weight: 2, arbitrary: tree.map((value) => attempt(() => yaml.stringify(value)) ?? '') },
    { weight: 4, arbitrary: edited },
  );
}

function attempt<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch {
    return undefined;
  }
}

/** What is printed of findings has a place, is no stack, and nothing of it is obeyed by a terminal. */
function expectSayable(findings: readonly Finding[]): void {
  const printed = formatFindings(findings);
  expect(printed).not.toMatch(/^\s+at .*:\d+:\d+\)?$/m);
  // eslint-disable-next-line no-control-regex
  expect(printed).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff]/);
  findings.forEach(({ rule, message, fix, location }) =>
    expect([rule, message, fix, location?.file].map((one) => (one ?? '') !== '')).toEqual([true, true, true, true]),
  );
}

const VERSIONS =
  'schemaVersion: 1\ncomponents:\n  - id: ollama\n    title: Ollama\n    version: "0.12.3"\n    runsOn: [container]\n    image:\n      repository: ollama/ollama\n';
const RECORD =
  'schemaVersion: 1\ncheck: smoke\nmethod: run\noutcome: passed\ncommand: "true"\nexitCode: 0\nby: me\nat: "2026-11-22T19:00:00Z"\nfingerprint: "sha256:aa"\nparts: []\nseal: "sha256:bb"\n';

describe('files that people and programs write', () => {
  test.each<[string, string, (file: string) => readonly Finding[]]>([
    ['versions.yaml', VERSIONS, (file) => PinInventory.fromFile(file).findings],
    ['approval.yaml', RECORD, (file) => Approval.fromFile(file).findings],
    [
      'linter-suppressions.yaml',
      'schemaVersion: 1\nsuppressions:\n  - linter: dclint\n    check: a\n    where: b\n    reason: Because it is so.\n',
      (file) => LinterSuppressions.fromFile(file).findings,
    ],
    ['evidence/smoke.yaml', RECORD, (file) => Evidence.fromDirectory(join(file, '..')).findings],
  ])('%s: whatever is in it is told with its place, or read', (name, real, read) => {
    const file = join(aFolder(), name);
    mkdirSync(join(file, '..'), { recursive: true });
    fc.assert(
      fc.property(contents(real), (content) => {
        writeFileSync(file, content);
        expectSayable(read(file));
      }),
      { ...SEED, numRuns: 300 },
    );
  });

  test('toolbox.json: whatever is in it is told in a sentence, or read', () => {
    const root = aFolder();
    fc.assert(fc.property(contents('{\n  "app": "node app.js",\n  "outdir": "dist"\n}\n'), (content) => {
      writeFileSync(join(root, 'toolbox.json'), content);
      try {
        expect(readProjectFile(root).app.length).toBeGreaterThan(0);
      } catch (error) {
        if (error instanceof Failure) {
          expectSayable(error.findings);
        } else {
          expect(error).toBeInstanceOf(UsageError);
        }
      }
    }), { ...SEED, numRuns: 400 });
  });

  test('what an app hands over: whatever it is, it is told, or taken', () => {
    const file = join(aFolder(), 'document.json');
    const real = JSON.stringify(
      {
        schemaVersion: 1,
        source: 'src/main.ts',
        outdir: 'dist',
        plan: {},
        findings: [],
        files: [{ path: 'a', content: 'b\n' }],
      },
      undefined,
      1,
    );
    fc.assert(fc.property(contents(real), (content) => {
      writeFileSync(file, content);
      const { findings } = readDocument(file);
      findings.forEach((finding) => expect(typeof finding.message).toBe('string'));
      expect(formatFindings(findings)).not.toMatch(/^\s+at .*:\d+:\d+\)?$/m);
    }), { ...SEED, numRuns: 400 });
  });
});

test('no command prints a stack, or what a terminal obeys, for a project file of noise', () => {
  for (const text of [
    '',
    '{',
    '[]',
    'null',
    '{"app":"node \u001b[31m.js","outdir":"dist"}',
    '{"app":"\u0007","outdir":"d\u202e"}',
    '{"app":1,"outdir":{}}',
    '\ufeff\u0000',
  ]) {
    const root = aFolder();
    put(root, 'toolbox.json', text);
    for (const command of ['synth', 'check', 'plan', 'diff']) {
      const { code, out, err } = toolbox(root, command);
      expect([command, text, [1, 2].includes(code!)]).toEqual([command, text, true]);
      expect(out + err).not.toMatch(/^\s+at .*:\d+:\d+\)?$/m);
      // eslint-disable-next-line no-control-regex
      expect(out + err).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
    }
  }
});
