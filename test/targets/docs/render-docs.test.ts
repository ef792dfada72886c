import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fidelity, plan } from './golden/small/plan';
import { RENDERERS, seeDiagrams, seePages } from './judge';
import { ReachPlan, ServicePlan } from '../../../src/plan/plan';
import { renderDocs } from '../../../src/targets/docs';
import { expectGolden } from '../../golden';
import { hostileInputs } from '../../hostile/emitters';
import { aPlan, aService } from '../../plan/plan-builder';

function pages(...args: Parameters<typeof renderDocs>): { readonly status: string; readonly fidelity: string } {
  const byPath = new Map(renderDocs(...args).map((file) => [file.path, file.content]));
  return { status: byPath.get('docs/STATUS.md') ?? '', fidelity: byPath.get('docs/FIDELITY.md') ?? '' };
}

function diagramOf(status: string): string {
  return /```mermaid\n([^]*?)\n```/.exec(status)?.[1] ?? '';
}

describe('the pages of a small toolbox', () => {
  test('are as expected', () => {
    expectGolden(join(__dirname, 'golden', 'small', 'expected'), renderDocs(plan, fidelity));
  });

  test('are the same whatever the order of what targets told', () => {
    expect(renderDocs(plan, [...fidelity].reverse())).toEqual(renderDocs(plan, fidelity));
  });

  test('show the same tables in both renderers', () => {
    for (const seen of seePages(renderDocs(plan, fidelity).map((file) => file.content))) {
      expect(seen['markdown-it'].tables.length).toBeGreaterThan(1);
      expect(seen.marked.tables).toEqual(seen['markdown-it'].tables);
      expect(seen.marked.text).toBe(seen['markdown-it'].text);
    }
  });

  test('draw who reaches whom', () => {
    const [diagram] = seeDiagrams([diagramOf(pages(plan, fidelity).status)]);
    expect(diagram.nodes.map(({ label }) => label)).toEqual(['this machine', 'agent', 'fetch', 'gateway', 'host-model on the host', 'internet']);
    expect(diagram.edges).toEqual([
      { start: 'n0', end: 'n3', label: '8811' },
      { start: 'n1', end: 'n4', label: '11434 workstation only' },
      { start: 'n1', end: 'n3', label: '8811 - 9090' },
      { start: 'n1', end: 'n5', label: 'any port workstation only' },
    ]);
  });

  test('are clean in markdownlint', () => {
    const folder = mkdtempSync(join(tmpdir(), 'pages-'));
    try {
      const files = renderDocs(plan, fidelity).map(({ path, content }) => {
        const file = join(folder, path.replace('docs/', ''));
        writeFileSync(file, content);
        return relative(process.cwd(), file).replaceAll('\\', '/');
      });
      const binary = join('node_modules', 'markdownlint-cli2', 'markdownlint-cli2-bin.mjs');
      expect(() => execFileSync(process.execPath, [binary, '--config', '.markdownlint-cli2.jsonc', '--no-globs', ...files], { stdio: 'pipe' })).not.toThrow();
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('say that an approved toolbox is approved', () => {
    const { status } = pages({ ...plan, stage: 'approved' }, []);
    expect(status).toContain('## Stage: approved');
    expect(status).not.toContain('draft');
  });

  test('of an empty toolbox have no empty section', () => {
    const { status, fidelity: report } = pages(aPlan(), []);
    expect(status.match(/^#+ .*$/gm)).toEqual(['# Box: status', '## Stage: draft', '## Commands']);
    expect(report).toContain('Everything is kept.');
  });
});

describe('hostile words in every place', () => {
  const inputs = [...hostileInputs('markdown'), ...hostileInputs('mermaid')].map(({ input }) => String(input)).filter((input) => input.length < 1000);

  /** The plan with every sentence and name of it followed by the input; paths, kinds and numbers stay. */
  function poisoned<T>(value: T, input: string, key = ''): T {
    if (typeof value === 'string') {
      const isWord = ['kind', 'stage', 'verdict', 'target', 'lifecycle', 'exposure', 'protocol', 'egress', 'outdir', 'status', 'origin', 'restart', 'to', 'from', 'places', 'sourceKind',
        'optionalPart', 'services', 'service', 'hostServices', 'users', 'fact'].includes(key);
      return (isWord ? value : `${value}${input}`) as T;
    }
    if (Array.isArray(value)) {
      return value.map((item) => poisoned(item as unknown, input, key)) as T;
    }
    return typeof value === 'object' && value !== null
      ? Object.fromEntries(Object.entries(value).map(([name, item]) => [name, poisoned(item as unknown, input, name)])) as T
      : value;
  }

  test('leave the structure of the pages as it is', () => {
    const shape = (list: readonly (readonly (readonly string[])[])[]): number[][] => list.map((rows) => rows.map((cells) => cells.length));
    const clean = seePages(renderDocs(plan, fidelity).map((file) => file.content));
    const dirty = seePages(inputs.flatMap((input) => renderDocs(poisoned(plan, input), poisoned(fidelity, input)).map((file) => file.content)));
    dirty.forEach((seen, index) => RENDERERS.forEach((renderer) => {
      expect(seen[renderer].elements).toEqual(clean[index % 2][renderer].elements);
      expect(shape(seen[renderer].tables)).toEqual(shape(clean[index % 2][renderer].tables));
      expect(seen[renderer].links).toEqual(clean[index % 2][renderer].links);
    }));
  });

  test('are labels of the diagram, and nothing more', () => {
    const named = (name: string): string => diagramOf(pages(aPlan({
      services: [aService({ name: `a${name}` }), aService({ name: `b${name}` })],
      reaches: [{ from: `a${name}`, to: { kind: 'service', name: `b${name}`, port: 1, protocol: 'tcp' }, network: 'n', places: ['cluster'] }],
    }), []).status);
    seeDiagrams(inputs.map(named)).forEach((diagram, index) => {
      const shown = (text: string): string => text.replace(/[\u202e\u001b]/gu, (character) => `U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`).replace(/\s+/g, ' ').trim();
      expect(diagram.nodes).toEqual([
        { id: 'n0', label: shown(`a${inputs[index]}`), plain: true },
        { id: 'n1', label: shown(`b${inputs[index]}`), plain: true },
      ]);
      expect(diagram.edges).toEqual([{ start: 'n0', end: 'n1', label: '1 cluster only' }]);
    });
  });
});

describe('a toolbox of a thousand services', () => {
  const services: ServicePlan[] = Array.from({ length: 1000 }, (_, index) => aService({ name: `s${index}`, ports: [{ name: 'p', port: 80, protocol: 'tcp', exposure: 'internal' }] }));
  const reaches = services.map((service, index): ReachPlan => (
    { from: service.name, to: { kind: 'service', name: `s${(index + 1) % 1000}`, port: 80, protocol: 'tcp' }, network: 'n', places: ['cluster', 'workstation'] }));
  const told = services.map(({ path }) => ({ target: 'kubernetes' as const, path, fact: 'log rotation', verdict: 'left-out' as const, reason: 'x', remedy: 'y' }));

  test('folds its tables and has no diagram', () => {
    const { status, fidelity: report } = pages(aPlan({ services, reaches }), told);
    expect(status.match(/<details>\n<summary>1000 rows<\/summary>/g)).toHaveLength(2);
    expect(status).not.toContain('mermaid');
    expect(report).toContain('and 960 more');
  });

  test('folds what is more than forty rows so that renderers still see a table', () => {
    const [seen] = seePages([pages(aPlan({ services: services.slice(0, 41) }), []).status]);
    RENDERERS.forEach((renderer) => {
      expect(seen[renderer].tables[0]).toHaveLength(42);
      expect(seen[renderer].elements).toContain('details');
    });
  });
});
