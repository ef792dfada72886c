type FlatItem = Readonly<Record<string, string>>;

/** What a record holds: texts, numbers, and lists of mappings from name to text. */
export type RecordContent = Readonly<Record<string, string | number | readonly FlatItem[] | undefined>>;

/**
 * A record as YAML, in the order of its keys; every reader takes it the same way. Properties that are undefined are
 * left out.
 */
export function recordYaml(content: RecordContent): string {
  return Object.entries(content)
    .map(([key, value]) => (value === undefined ? '' : `${key}:${valueText(value)}\n`))
    .join('');
}

function valueText(value: string | number | readonly FlatItem[]): string {
  if (typeof value === 'number') {
    return ` ${value}`;
  }
  if (typeof value === 'string') {
    return ` ${value.includes('\n') ? blockText(value) : lineText(value)}`;
  }
  return value.length === 0 ? ' []' : value.map(itemText).join('');
}

function itemText(item: FlatItem): string {
  return Object.entries(item)
    .map(([key, text], index) => `\n  ${index === 0 ? '-' : ' '} ${key}: ${lineText(text)}`)
    .join('');
}

/** Words that some reader takes for something else than text. */
const WORDS = /^(?:y|n|yes|no|on|off|true|false|null)$/;
const PLAIN = /^(?:[a-z][a-z-]*|sha256:[0-9a-f]+)$/;

function lineText(text: string): string {
  if (PLAIN.test(text) && !WORDS.test(text)) {
    return text;
  }
  return text.includes('\t') ? quotedLines(text) : `'${text.replaceAll("'", "''")}'`;
}

/** As a block when that keeps every character and no editor would trim it; else in quotes, line by line. */
function blockText(text: string): string {
  const isKept = /^\S/.test(text) && !text.endsWith('\n\n') && !/[ \t]$/m.test(text);
  if (!isKept) {
    return quotedLines(text);
  }
  const lines = text.replace(/\n$/, '').split('\n').map((line) => (line === '' ? '' : `  ${line}`));
  return [text.endsWith('\n') ? '|' : '|-', ...lines].join('\n');
}

/** In double quotes, with each line feed written out and followed by a break that does not count. */
function quotedLines(text: string): string {
  const escaped = text.replace(/["\\]/g, '\\$&').replaceAll('\t', '\\t').split('\n');
  const lines = escaped.map((line, index) => (index > 0 && line.startsWith(' ') ? `\\${line}` : line));
  return `"${lines.join('\\n\\\n  ')}"`;
}
