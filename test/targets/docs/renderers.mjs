// Renders pages and parses diagrams with the programs that readers use. They are ES modules, so they run in a process
// of their own. Input: JSON, {pages: [...], diagrams: [...]}. Output: JSON, one result per page and diagram.
import { readFileSync } from 'node:fs';
import { JSDOM } from 'jsdom';
import MarkdownIt from 'markdown-it';
import { marked } from 'marked';

const { pages = [], diagrams = [] } = JSON.parse(readFileSync(0, 'utf8'));
const markdownIt = new MarkdownIt({ html: true, linkify: true });
// GitHub links addresses with a scheme or www, not everything that looks like a host
markdownIt.linkify.set({ fuzzyLink: false, fuzzyEmail: false });
const renderers = {
  'markdown-it': (page) => markdownIt.render(page),
  'marked': (page) => marked.parse(page, { gfm: true }),
};

const clean = (text) => text.replace(/\s+/g, ' ').trim();

const { document } = new JSDOM('').window;

function seen(html) {
  const body = document.createElement('body');
  body.innerHTML = html;
  const elements = [...new Set([...body.querySelectorAll('*')].map((element) => element.localName))].sort();
  const tables = [...body.querySelectorAll('table')].map((table) =>
    [...table.rows].map((row) => [...row.cells].map((cell) => clean(cell.textContent))),
  );
  const links = [...body.querySelectorAll('a')].map((anchor) => anchor.getAttribute('href'));
  const code = [...body.querySelectorAll('pre code')].map((block) => block.textContent);
  return { elements, tables, links, code, text: clean(body.textContent) };
}

const judgedPages = pages.map((page) =>
  Object.fromEntries(Object.entries(renderers).map(([name, render]) => [name, seen(render(page))])),
);

// Mermaid keeps numbered characters in this form until it draws
const decode = (label) => (label ?? '').replace(/ﬂ°°(\d+)¶ß/g, (_, code) => String.fromCodePoint(Number(code)));

async function parseDiagrams() {
  const { window } = new JSDOM('<!DOCTYPE html><body></body>');
  globalThis.window = window;
  globalThis.document = window.document;
  const { default: mermaid } = await import('mermaid');
  const judged = [];
  for (const diagram of diagrams) {
    await mermaid.parse(diagram);
    const { type, db } = await mermaid.mermaidAPI.getDiagramFromText(diagram);
    judged.push({
      type,
      nodes: [...db.getVertices().values()].map(({ id, text, link, styles, classes, haveCallback }) => (
        { id, label: decode(text), plain: !link && styles.length === 0 && classes.length === 0 && !haveCallback })),
      edges: db.getEdges().map(({ start, end, text }) => ({ start, end, label: decode(text) })),
    });
  }
  return judged;
}

const parsedDiagrams = diagrams.length === 0 ? [] : await parseDiagrams();
process.stdout.write(JSON.stringify({ pages: judgedPages, diagrams: parsedDiagrams }));
