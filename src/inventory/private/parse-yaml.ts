import type * as Yaml from 'yaml';
import { remembered } from './remembered';
import { Report } from './report';
import { scanYaml } from './scan-yaml';
import { Spot, Tree } from './tree';
import { toTree } from './yaml-tree';
import { lazy } from '../../util/lazy';
import { codePointName } from '../../util/unseen';

const loadYaml = lazy(() => require('yaml') as typeof import('yaml'));

/**
 * Reads a small, strict part of YAML 1.2: one document, no anchors, aliases, tags or directives, no control characters.
 * Reports any other text and returns undefined.
 */
export function parseYaml(text: string, report: Report): Tree | undefined {
  return hasOnlyPlainCharacters(text, report) ? remembered(text, report, () => parse(text, report)) : undefined;
}

function parse(text: string, report: Report): Tree | undefined {
  const yaml = loadYaml();
  const lines = new yaml.LineCounter();
  const spotOf = (offset: number): Spot => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const tokens = scanYaml(yaml, text, lines, (at, message, fix) =>
    report.add('inventory-syntax', spotOf(at), message, fix),
  );
  if (tokens === undefined || !report.isClean) {
    return undefined;
  }
  const document = composeOne(yaml, tokens, text.length, spotOf, report);
  if (document === null) {
    return { kind: 'nothing', at: spotOf(0), source: '', value: null };
  }
  return document && toTree(yaml, document, spotOf, report);
}

/** Loads the library on first use: that takes longer than reading a file. */
function composeOne(
  yaml: typeof Yaml,
  tokens: Yaml.CST.Token[],
  end: number,
  spotOf: (offset: number) => Spot,
  report: Report,
): Yaml.ParsedNode | null | undefined {
  // its own search for duplicate keys is quadratic; ours happens in toTree
  const composer = new yaml.Composer({ uniqueKeys: false, merge: false, logLevel: 'silent' });
  const documents = [...composer.compose(tokens, true, end)];
  for (const document of documents) {
    for (const error of [...document.errors, ...document.warnings]) {
      report.add('inventory-syntax', spotOf(error.pos[0]), sentence(error.message), fixOf(error));
    }
  }
  if (documents.length > 1) {
    report.add(
      'inventory-syntax',
      spotOf(documents[1].range[0]),
      'The file has a second document.',
      'Keep one document in the file, without a second "---".',
    );
  }
  return report.isClean ? documents[0].contents : undefined;
}

function fixOf({ code, message }: Yaml.YAMLError): string {
  switch (code) {
    case 'TAB_AS_INDENT':
      return 'Indent with spaces.';
    case 'BAD_INDENT':
      return /^Flow/.test(message)
        ? 'Close the bracket, and indent what is in it.'
        : 'Give the keys of one mapping the same indentation.';
    case 'MISSING_CHAR':
      return /indicator/.test(message) ? 'Indent the line like the keys it belongs to.' : 'Close the quote or bracket.';
    case 'BLOCK_AS_IMPLICIT_KEY':
      return 'Put the value in quotes if it contains ": ".';
    default:
      return 'Fix the YAML at this place; text with special characters belongs in quotes.';
  }
}

function sentence(message: string): string {
  const line = message.split('\n', 1)[0].slice(0, 200);
  return /[.!?]$/.test(line) ? line : `${line}.`;
}

// eslint-disable-next-line no-control-regex
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufeff]/;

function hasOnlyPlainCharacters(text: string, report: Report): boolean {
  const index = text.search(FORBIDDEN);
  if (index < 0) {
    return true;
  }
  const before = text.slice(0, index).split('\n');
  const at = { line: before.length, column: before[before.length - 1].length + 1 };
  report.add('inventory-syntax', at, `The file has the control character ${codePointName(text[index])}.`, 'Remove it.');
  return false;
}
