import { HostileInput, hostileInputs } from './emitters';
import { shownBy, testEvery } from './every-input';
import { outcome } from './outcome';
import { Decision, Network, Volume, Size, Toolbox } from '../../src/core';
import { link } from '../../src/targets/docs/escape/link';
import { mermaidLabel } from '../../src/targets/docs/escape/text';
import { visible } from '../../src/targets/docs/escape/visible';
import { aService } from '../rules/support';
import { RENDERERS, seeDiagrams, SeenDiagram, SeenPage, seePages } from '../targets/docs/judge';

type Seen = ReturnType<typeof seePages>[number];

/** A toolbox that says a text wherever a person says something to people. */
function talkative(box: Toolbox, text: string): void {
  const network = new Network(box, 'net', { description: text });
  Volume.persistent(box, 'data', { size: Size.gibibytes(1), description: text });
  aService(box, 'app', { description: text, networks: [network] }).overrideCompose('shm_size', '1m', text);
  new Decision(box, 'decision', { title: text, choice: text, alternatives: [text], reasons: [text] });
}

function pagesWith(text: string): { readonly rules: readonly string[]; readonly pages: readonly string[] } {
  const { rules, files } = outcome((box) => talkative(box, text));
  return {
    rules,
    pages: Object.keys(files)
      .filter((path) => path.startsWith('docs/'))
      .sort()
      .map((path) => files[path]),
  };
}

const PLAIN = 'Plain words';
const INPUTS = hostileInputs('markdown');

/** Rendered all at once: each look costs a process. */
class Looks {
  private seen: { readonly clean: readonly Seen[]; readonly dirty: ReadonlyMap<string, readonly Seen[]> } | undefined;

  public get all() {
    this.seen ??= look();
    return this.seen;
  }
}

function look() {
  const wanted = [PLAIN, ...INPUTS.map(({ input }) => input as string)].map((text) => ({
    text,
    pages: pagesWith(text).pages,
  }));
  const seen = [...seePages(wanted.flatMap(({ pages }) => pages))];
  const [clean, ...dirty] = wanted.map(({ text, pages }) => [text, seen.splice(0, pages.length)] as const);
  return { clean: clean[1], dirty: new Map(dirty) };
}

const looks = new Looks();

/** Elements, tables and links are those of plain words, and the text is theirs with the input in their place. */
function expectNothingElse(input: string, { name }: HostileInput): void {
  const shown = visible(input).replace(/\s+/g, ' ').trim();
  const { clean, dirty } = looks.all;
  const seen = dirty.get(input)!;
  expect({ name, pages: seen.length }).toEqual({ name, pages: clean.length });
  const squeezed = (text: string): string => text.replace(/[\s`]/g, '');
  const shape = ({ tables }: SeenPage): number[][] => tables.map((rows) => rows.map((cells) => cells.length));
  seen.forEach((page, index) => RENDERERS.forEach((renderer) => {
    const [found, wanted] = [page[renderer], clean[index][renderer]];
    expect(found.elements).toEqual(wanted.elements);
    expect(shape(found)).toEqual(shape(wanted));
    expect(found.links).toEqual(wanted.links);
    // a person's full stop is not doubled
    expect(squeezed(found.text).replaceAll('.', '')).toBe(
      squeezed(wanted.text.split(PLAIN).join(shown)).replaceAll('.', ''),
    );
  }));
}

function expectRefused(input: string): void {
  expect(pagesWith(input)).toEqual({ rules: ['text-control'], pages: [] });
  // pages show it by its number all the same, since not all they say has passed the rules
  expect(visible(input)).toMatch(/^U\+/);
}

describe('hostile words on the pages', () => {
  testEvery('markdown', {
    '"\u202eevil"': expectRefused,
    '"\\u001b[31m"': expectRefused,
    'link target': (target: string, one: HostileInput) => {
      expectNothingElse(target, one);
      expect(link('x', target)).not.toMatch(/\]\(/);
    },
    'status value from a container label / tool output': (text: string, one: HostileInput) => {
      expectNothingElse(text, one);
      shownBy('test/targets/docs/render-docs.process.test.ts', 'leave the structure of the pages as it is')(text, one);
    },
  }, expectNothingElse);
});

describe('hostile words in the diagram', () => {
  let diagrams: ReadonlyMap<string, SeenDiagram> | undefined;

  testEvery('mermaid', {}, (name: string) => {
    diagrams ??= new Map(all().map((diagram, index) => [String(hostileInputs('mermaid')[index].input), diagram]));
    const shown = visible(name);
    expect(diagrams.get(name)).toEqual({
      type: expect.stringContaining('flowchart'),
      nodes: [{ id: 'n0', label: shown, plain: true }, { id: 'n1', label: `x ${shown}`, plain: true }],
      edges: [{ start: 'n0', end: 'n1', label: shown }],
    });
    // everything of which a diagram is made is written by its number
    expect(mermaidLabel(name)).toMatch(/^"(?:[A-Za-z0-9 _./:@-]|#\d+;)*"$/);
  });

  function all(): readonly SeenDiagram[] {
    return seeDiagrams(
      hostileInputs('mermaid')
        .map(({ input }) => String(input))
        .map(
          (name) =>
            `flowchart LR\n  n0[${mermaidLabel(name)}]\n  n1[${mermaidLabel(`x ${name}`)}]\n` +
              `  n0 -->|${mermaidLabel(name)}| n1`,
        ),
    );
  }
});
