import type { Nodes } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { imageReferences, ImageReference } from './html';

/** The images a Markdown text shows, HTML inside it included, in its order. */
export function markdownReferences(markdown: string): readonly ImageReference[] {
  const found: ImageReference[] = [];
  const definitions = new Map<string, string>();
  const pending: { readonly identifier: string; readonly altText?: string; readonly offset: number }[] = [];
  const nodes: Nodes[] = [fromMarkdown(markdown)];
  for (let node = nodes.pop(); node !== undefined; node = nodes.pop()) {
    const offset = node.position?.start.offset ?? 0;
    switch (node.type) {
      case 'image':
        found.push({ reference: node.url, altText: node.alt ?? node.title ?? undefined, offset });
        break;
      case 'imageReference':
        pending.push({ identifier: node.identifier, altText: node.alt ?? undefined, offset });
        break;
      // The first definition of a name counts.
      case 'definition':
        if (!definitions.has(node.identifier)) {
          definitions.set(node.identifier, node.url);
        }
        break;
      case 'html':
        found.push(
          ...imageReferences(node.value).map((reference) => ({ ...reference, offset: offset + reference.offset })),
        );
        break;
    }
    if ('children' in node) {
      // A stack of its own: the nesting of a text can be deeper than the call stack.
      nodes.push(...[...node.children].reverse());
    }
  }
  for (const { identifier, altText, offset } of pending) {
    const reference = definitions.get(identifier);
    if (reference !== undefined) {
      found.push({ reference, altText, offset });
    }
  }
  return found.sort((a, b) => a.offset - b.offset);
}
