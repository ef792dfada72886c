import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import * as again from './golden/again/plan';
import * as approved from './golden/approved/plan';
import * as small from './golden/small/plan';
import { RENDERERS, seeDiagrams, seePages } from './judge';
import { largePlan } from './large-plan';
import { aCheck, aRecord } from './status-builder';
import { summaryLine } from '../../../src/cli/status/format-status';
import { renderDocs } from '../../../src/targets/docs';
import { expectGolden } from '../../golden';
import { hostileInputs } from '../../hostile/emitters';
import { aPlan, aService } from '../../plan/plan-builder';

const { plan, fidelity } = small;

function pages(...args: Parameters<typeof renderDocs>): {
  readonly status: string;
  readonly german: string;
  readonly fidelity: string;
} {
  const byPath = new Map(renderDocs(...args).map((file) => [file.path, file.content]));
  const page = (name: string): string => byPath.get(`docs/${name}`) ?? '';
  return { status: page('STATUS.md'), german: page('STATUS.de.md'), fidelity: page('FIDELITY.md') };
}

function diagramOf(status: string): string {
  return /```mermaid\n([^]*?)\n```/.exec(status)?.[1] ?? '';
}

test.each(Object.entries({ small, approved, again }))(
  'the pages of the toolbox "%s" are as expected',
  (name, model) => {
    expectGolden(join(__dirname, 'golden', name, 'expected'), renderDocs(model.plan, model.fidelity));
  },
);

describe('the pages of a small toolbox', () => {

  test('are the same for any order of the reports of the targets', () => {
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
    expect(diagram.nodes.map(({ label }) => label)).toEqual([
      'this machine',
      'agent',
      'fetch',
      'gateway',
      'host-model on the host',
      'internet',
    ]);
    expect(diagram.edges).toEqual([
      { start: 'n0', end: 'n3', label: '8811' },
      { start: 'n1', end: 'n3', label: '8811 - 9090' },
      { start: 'n1', end: 'n4', label: '11434 workstation only' },
      { start: 'n1', end: 'n5', label: 'any port workstation only' },
    ]);
  });

  test('are clean in markdownlint', () => {
    const folder = mkdtempSync(join(tmpdir(), 'pages-'));
    try {
      const files = Object.entries({ small, approved, again, large: { plan: largePlan(100), fidelity: [] } }).flatMap(
        ([name, model]) =>
          renderDocs(model.plan, model.fidelity).map(({ path, content }) => {
            const file = join(folder, `${name}-${path.replace('docs/', '')}`);
            writeFileSync(file, content);
            return relative(process.cwd(), file).replaceAll('\\', '/');
          }),
      );
      const binary = join('node_modules', 'markdownlint-cli2', 'markdownlint-cli2-bin.mjs');
      expect(() =>
        execFileSync(process.execPath, [binary, '--config', '.markdownlint-cli2.jsonc', '--no-globs', ...files], {
          stdio: 'pipe',
        }),
      ).not.toThrow();
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('lead from one language to the other', () => {
    const { status, german } = pages(plan, fidelity);
    expect(status.split('\n')[4]).toBe('[Deutsch](STATUS.de.md)');
    expect(german.split('\n')[4]).toBe('[English](STATUS.md)');
  });

  test.each(Object.entries({ small, approved, again }))('begin with what "toolbox status" says: %s', (_, model) => {
    const line = pages(model.plan, model.fidelity).status.split('\n')[6].replaceAll('*', '');
    expect(line.charAt(0).toLowerCase() + line.slice(1)).toBe(summaryLine(model.plan));
  });

  test('say that an approved toolbox is approved, and name the productive files', () => {
    const { status } = pages(approved.plan, approved.fidelity);
    expect(status).toContain('## Stage: approved');
    expect(status).not.toMatch(/docker-compose\.draft|kubernetes\/draft/);
  });

  test('name the drafts of a draft, and what was approved before as it is', () => {
    const { status } = pages(again.plan, again.fidelity);
    expect(status).toContain('kubectl apply -k dist/kubernetes/draft');
    expect(status.match(/`compose\/docker-compose\.yml`/g)).toHaveLength(1);
  });

  test('say what to give a toolbox that names no place for records', () => {
    const { status, german } = pages(aPlan({ checks: [aCheck()] }), []);
    for (const page of [status, german]) {
      expect(page).toContain("`evidence: Evidence.fromDirectory('inventories/evidence')`");
      expect(page).toContain("`approval: Approval.fromFile('inventories/approval.yaml')`");
    }
  });

  test('lead to the records from any output folder', () => {
    const linksOf = (outdir: string): string[] =>
      pages({ ...approved.plan, outdir }, []).status.match(/\]\([^)]*check\.yaml\)/g) ?? [];
    expect(linksOf('dist')).toEqual(['](../../inventories/evidence/check.yaml)']);
    expect(linksOf('out/of/here')).toEqual(['](../../../../inventories/evidence/check.yaml)']);
    expect(linksOf('.')).toEqual(['](../inventories/evidence/check.yaml)']);
  });

  test('show a time that is none as it was written', () => {
    const status = { kind: 'verified' as const, record: aRecord({ at: 'last <b>Tuesday</b>' }) };
    expect(pages(aPlan({ checks: [aCheck({ status })] }), []).status).toContain('on last \\<b>Tuesday\\</b>');
  });

  test('of an empty toolbox have no empty section', () => {
    const { status, fidelity: report } = pages(aPlan(), []);
    expect(status.match(/^#+ .*$/gm)).toEqual(['# Box: status', '## Stage: draft', '## Commands']);
    expect(status).toContain('**Draft** · no checks · gate: closed, 1 item missing');
    expect(report).toContain('Everything is kept.');
  });
});

describe('hostile words in every place', () => {
  const inputs = [...hostileInputs('markdown'), ...hostileInputs('mermaid')]
    .map(({ input }) => String(input))
    .filter((input) => input.length < 1000);

  /** The plan with every sentence and name of it followed by the input; paths, kinds and numbers stay. */
  function poisoned<T>(value: T, input: string, key = ''): T {
    if (key === 'location') {
      return value;
    }
    if (typeof value === 'string') {
      const isWord = [
        'kind',
        'stage',
        'verdict',
        'target',
        'lifecycle',
        'exposure',
        'protocol',
        'egress',
        'outdir',
        'status',
        'origin',
        'restart',
        'to',
        'from',
        'places',
        'sourceKind',
        'profile',
        'services',
        'service',
        'hostServices',
        'users',
        'fact',
        'method',
        'outcome',
        'how',
      ].includes(key);
      return (isWord ? value : `${value}${input}`) as T;
    }
    if (Array.isArray(value)) {
      return value.map((item) => poisoned(item as unknown, input, key)) as T;
    }
    return typeof value === 'object' && value !== null
      ? (Object.fromEntries(
        Object.entries(value).map(([name, item]) => [name, poisoned(item as unknown, input, name)]),
      ) as T)
      : value;
  }

  test('leave the structure of the pages as it is', () => {
    const shape = (list: readonly (readonly (readonly string[])[])[]): number[][] =>
      list.map((rows) => rows.map((cells) => cells.length));
    const clean = seePages(renderDocs(plan, fidelity).map((file) => file.content));
    const dirty = seePages(
      inputs.flatMap((input) =>
        renderDocs(poisoned(plan, input), poisoned(fidelity, input)).map((file) => file.content),
      ),
    );
    dirty.forEach((seen, index) => RENDERERS.forEach((renderer) => {
      expect(seen[renderer].elements).toEqual(clean[index % clean.length][renderer].elements);
      expect(shape(seen[renderer].tables)).toEqual(shape(clean[index % clean.length][renderer].tables));
      expect(seen[renderer].links).toEqual(clean[index % clean.length][renderer].links);
    }));
  });

  test('are labels of the diagram, and nothing more', () => {
    const named = (name: string): string =>
      diagramOf(
        pages(
          aPlan({
            services: [aService({ name: `a${name}` }), aService({ name: `b${name}` })],
            reaches: [
              {
                from: `a${name}`,
                to: { kind: 'service', name: `b${name}`, port: 1, protocol: 'tcp' },
                network: 'n',
                places: ['cluster'],
              },
            ],
          }),
          [],
        ).status,
      );
    seeDiagrams(inputs.map(named)).forEach((diagram, index) => {
      const shown = (text: string): string =>
        text
          .replace(
            /[\u202e\u001b]/gu,
            (character) => `U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`,
          )
          .replace(/\s+/g, ' ')
          .trim();
      expect(diagram.nodes).toEqual([
        { id: 'n0', label: shown(`a${inputs[index]}`), plain: true },
        { id: 'n1', label: shown(`b${inputs[index]}`), plain: true },
      ]);
      expect(diagram.edges).toEqual([{ start: 'n0', end: 'n1', label: '1 cluster only' }]);
    });
  });
});
