import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { codeBlocks, compile, isExcerpt, readPage, ROOT, synthesize } from './samples';
import { ruleRegistry } from '../src/rules/registry';

/** `docs/rules.md` is generated and has no samples. */
const PAGES = readdirSync(join(ROOT, 'docs')).filter((name) => name !== 'rules.md').map((name) => `docs/${name}`);

/** Excerpts of generated files: their first line is `# PATH`. */
function excerpts(page: string): { path: string; sample: string }[] {
  return [...codeBlocks(page, 'yaml'), ...codeBlocks(page, 'text')].flatMap((block) => {
    const [head, ...lines] = block.split('\n');
    return [{ path: head.replace(/^# /, ''), sample: lines.join('\n') }];
  });
}

describe.each(PAGES)('%s', (name) => {
  const page = readPage(name);
  const models = codeBlocks(page, 'ts').filter((sample) => sample.includes('\ntoolbox.synth();'));

  test('has models without errors', () => {
    const findings = models.flatMap((model) => synthesize(model).findings);
    expect(findings.filter(({ severity, waived }) => severity === 'error' && waived === undefined)).toEqual([]);
  });

  test('shows parts of the generated files', () => {
    const files = models.length === 0 ? {} : synthesize(models[0]).files;
    for (const { path, sample } of excerpts(page)) {
      expect({ path, sample, shown: isExcerpt(sample, files[path] ?? '') }).toEqual({ path, sample, shown: true });
      expect(isExcerpt(`${sample.trimEnd()}x`, files[path])).toBe(false);
    }
  });

  test('names rules that exist', () => {
    const [, names = ''] = /^Rules: \[(.*)\]\(rules\.md\)\.$/m.exec(page) ?? [];
    const known = ruleRegistry().map(({ id }) => id);
    expect(names.split(', ').filter((id) => id !== '' && !known.includes(id))).toEqual([]);
  });
});

test('all samples compile', () => {
  const samples = PAGES.flatMap((name) => codeBlocks(readPage(name), 'ts'));
  expect(samples.length).toBeGreaterThan(9);
  expect(compile(Object.fromEntries(samples.map((text, index) => [`test/sample-${index}.ts`, text])))).toEqual([]);
});
