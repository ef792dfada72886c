import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/** What a reader sees of a page. */
export interface SeenPage {
  /** Names of the elements, sorted. */
  readonly elements: readonly string[];
  /** Cells of each row of each table. */
  readonly tables: readonly (readonly (readonly string[])[])[];
  readonly links: readonly string[];
  /** Contents of fenced blocks. */
  readonly code: readonly string[];
  /** All text, with white space made one space. */
  readonly text: string;
}

/** What Mermaid makes of a diagram. */
export interface SeenDiagram {
  readonly type: string;
  readonly nodes: readonly { readonly id: string; readonly label: string; readonly plain: boolean }[];
  readonly edges: readonly { readonly start: string; readonly end: string; readonly label: string }[];
}

type Renderer = 'markdown-it' | 'marked';

export const RENDERERS: readonly Renderer[] = ['markdown-it', 'marked'];

/** Renders pages with two Markdown renderers. */
export function seePages(pages: readonly string[]): readonly Readonly<Record<Renderer, SeenPage>>[] {
  return judge({ pages }).pages;
}

/** Parses diagrams with Mermaid; throws when one is not understood. */
export function seeDiagrams(diagrams: readonly string[]): readonly SeenDiagram[] {
  return judge({ diagrams }).diagrams;
}

function judge(input: object): {
  readonly pages: readonly Readonly<Record<Renderer, SeenPage>>[];
  readonly diagrams: readonly SeenDiagram[];
} {
  const output = execFileSync(process.execPath, [join(__dirname, 'renderers.mjs')], {
    input: JSON.stringify(input),
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    timeout: 120_000,
  });
  return JSON.parse(output) as ReturnType<typeof judge>;
}
