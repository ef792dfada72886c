/**
 * Matches the lines of two versions of a generated file. Lines match if they have the same key below the same keys; of
 * several such lines, those with the same text or else those with the same position.
 */
export class LineMatch {
  private readonly ids = new Map<string, number>();
  private readonly from: readonly number[];
  private readonly to: readonly number[];

  constructor(private readonly fromLines: readonly string[], private readonly toLines: readonly string[]) {
    this.from = this.placesOf(fromLines);
    this.to = this.placesOf(toLines);
  }

  /** Returns the index of the line that matches; undefined if there is none. */
  public of(index: number): number | undefined {
    const id = this.from[index];
    const candidates = this.to.flatMap((other, at) => (other === id ? [at] : []));
    const position = this.from.slice(0, index).filter((other) => other === id).length;
    return candidates.find((at) => this.toLines[at].trimEnd() === this.fromLines[index].trimEnd())
      ?? candidates[Math.min(position, candidates.length - 1)];
  }

  /** Numbers the place of each line: equal numbers mean the same keys from the root of the document on. */
  private placesOf(lines: readonly string[]): number[] {
    let above: { readonly indent: number; readonly id: number }[] = [];
    let root = this.idOf(0, documentName(lines, 0));
    return lines.map((line, index) => {
      const indent = indentOf(line);
      if (line.trimEnd() === '---') {
        above = [];
        root = this.idOf(0, documentName(lines, index + 1));
      }
      while (above.length > 0 && above[above.length - 1].indent >= indent) { above.pop(); }
      const id = this.idOf(above[above.length - 1]?.id ?? root, keyOf(line));
      above.push({ indent, id });
      return id;
    });
  }

  private idOf(parent: number, key: string): number {
    const entry = `${parent} ${key}`;
    const id = this.ids.get(entry) ?? this.ids.size + 1;
    this.ids.set(entry, id);
    return id;
  }
}

/** Sections of a page hold what follows them. */
function indentOf(line: string): number {
  const [indent, hashes = ''] = /^(?:(##+) | *)/.exec(line)!;
  return hashes === '' ? indent.length : hashes.length - 7;
}

/** The key of a line, or the first cell of a row. The first line of a list item names the item, so all of it counts. */
function keyOf(line: string): string {
  const text = line.trim();
  if (text.startsWith('|')) { return text.split('|', 2)[1]; }
  return /^[^-#][^:]*:(?= |$)/.exec(text)?.[0] ?? text;
}

/** Kind and name of the Kubernetes object that begins at a line; empty for other documents. */
function documentName(lines: readonly string[], start: number): string {
  let kind: string | undefined;
  for (let index = start; index < lines.length && lines[index].trimEnd() !== '---'; index += 1) {
    if (lines[index].startsWith('kind:')) { kind = lines[index].trim(); }
    if (kind !== undefined && lines[index].startsWith('  name:')) { return `${kind} ${lines[index].trim()}`; }
  }
  return kind ?? '';
}
