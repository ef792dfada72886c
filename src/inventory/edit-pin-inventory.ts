import * as yaml from 'yaml';
import { INVENTORY_RULES } from './inventory-rules';
import { PinInventory } from './pin-inventory';
import { readText } from './private/read-text';
import { Report } from './private/report';
import { Finding, Severity } from '../model/finding';
import { Pin, RecordedImageFacts } from '../model/pin';

/** A digest for the image of a component. */
export interface DigestEdit {
  readonly component: string;
  /** The image it was looked up for; the inventory must still name the same one. */
  readonly repository: string;
  readonly tag: string;
  /** `sha256:` and 64 hexadecimal digits. */
  readonly digest: string;
  /**
   * What the image states about itself.
   *
   * @default - what is recorded stays
   */
  readonly facts?: RecordedImageFacts;
}

/** The text of an inventory before and after an edit, or what keeps it from being edited. */
export type EditResult =
  | { readonly before: string; readonly text: string; readonly findings?: undefined }
  | { readonly text?: undefined; readonly findings: readonly Finding[] };

const MARK = '\ufeff';

/**
 * As `editDigests`, for a file. It is not written.
 *
 * @param path where it is
 * @param file the name that findings give it
 */
export function editDigestsOfFile(path: string, file: string, edits: readonly DigestEdit[]): EditResult {
  const report = new Report(file);
  const text = readText(path, report, { keepsMark: true });
  return text === undefined ? { findings: report.findings } : editDigests(text, file, edits);
}

/**
 * Puts digests into the text of a version inventory, in place of older ones or of the reasons why there are none. Every
 * other byte stays: comments, order, quotes, blank lines, line ends. The result is read again as strictly as any
 * inventory.
 *
 * @param text of the whole file
 * @param file the name that findings give it
 */
export function editDigests(text: string, file: string, edits: readonly DigestEdit[]): EditResult {
  const mark = text.startsWith(MARK) ? MARK : '';
  const plain = text.slice(mark.length);
  const before = PinInventory.fromText(plain, file);
  if (hasErrors(before)) {
    return { findings: before.findings };
  }
  const moved = edits.filter((edit) => !isSameImage(before.component(edit.component), edit));
  if (moved.length > 0) {
    return { findings: moved.map((edit) => finding(file, before.component(edit.component), changedMessage(edit))) };
  }
  const edited = withFacts(withDigests(plain, edits), edits);
  const wrong = wrongAfter(before, PinInventory.fromText(edited, file), edits);
  if (wrong === undefined) {
    return { before: text, text: mark + edited };
  }
  return { findings: [finding(file, before.component(wrong), `The digest of "${wrong}" cannot be written in place.`)] };
}

function hasErrors({ findings }: PinInventory): boolean {
  return findings.some(({ severity }) => severity === Severity.ERROR);
}

function isSameImage(pin: Pin | undefined, { repository, tag }: DigestEdit): boolean {
  return pin?.image?.repository === repository && pin.image.tag === tag;
}

function changedMessage({ component, repository, tag }: DigestEdit): string {
  return `The digest of "${component}" was looked up for ${repository}:${tag}, and the file does not name that image.`;
}

function finding(file: string, pin: Pin | undefined, message: string): Finding {
  const { id, severity, fix } = INVENTORY_RULES.find((rule) => rule.id === 'inventory-edit')!;
  return { rule: id, severity, location: pin?.location ?? { file, line: 1 }, message, fix };
}

/** The first component that did not become what was asked for, or that should have stayed as it was. */
function wrongAfter(before: PinInventory, after: PinInventory, edits: readonly DigestEdit[]): string | undefined {
  const byComponent = new Map(edits.map((edit) => [edit.component, edit]));
  const isWrong = (pin: Pin) =>
    meaning(after.component(pin.component)) !== meaning(expected(pin, byComponent.get(pin.component)));
  const edited = edits.flatMap(({ component }) => before.component(component) ?? []);
  const wrong = [...edited, ...before.pins].find(isWrong)?.component;
  return hasErrors(after) || after.pins.length !== before.pins.length ? wrong ?? edits[0]?.component : wrong;
}

function expected(pin: Pin, edit: DigestEdit | undefined): Pin {
  const { image } = pin;
  return edit === undefined || image === undefined
    ? pin
    : { ...pin, image: { ...image, digest: edit.digest, digestMissing: undefined, facts: edit.facts ?? image.facts } };
}

/** The content of a pin, without its place: a reason of several lines may have become one line. */
function meaning(pin: Pin | undefined): string {
  const { image, npm, location, ...rest } = pin ?? { location: undefined };
  return JSON.stringify([
    rest,
    image?.repository,
    image?.tag,
    image?.digest,
    image?.digestMissing,
    image?.facts && sortedKeys(image.facts),
    npm?.name,
    npm?.integrity,
  ]);
}

/**
 * Changes scalars of the concrete syntax tree, which keeps every byte of the text: comments, quotes, blank lines and
 * line ends. The document on top of it finds the scalars.
 */
function withDigests(text: string, edits: readonly DigestEdit[]): string {
  const tokens = [...new yaml.Parser().parse(text)];
  const composer = new yaml.Composer({ keepSourceTokens: true, uniqueKeys: false, logLevel: 'silent' });
  const [{ contents }] = composer.compose(tokens);
  const components = (contents as unknown as yaml.YAMLMap).get('components') as yaml.YAMLSeq<yaml.YAMLMap>;
  for (const { component, digest } of edits) {
    const image = components.items.find((item) => item.get('id') === component)?.get('image') as yaml.YAMLMap;
    const pair = image.items.find(({ key }) => /^digest/.test(String(key))) as yaml.Pair<yaml.Scalar, yaml.Scalar>;
    setScalar(pair.key, 'digest');
    setScalar(pair.value!, digest);
  }
  return tokens.map(yaml.CST.stringify).join('');
}

/** Writes facts on a line of their own after the digest, or in place of those that are there. */
function withFacts(text: string, edits: readonly DigestEdit[]): string {
  const { contents } = yaml.parseDocument(text, { uniqueKeys: false, logLevel: 'silent' });
  const components = (contents as unknown as yaml.YAMLMap).get('components') as yaml.YAMLSeq<yaml.YAMLMap>;
  const changes = edits.flatMap(({ component, facts }): Splice[] => {
    const image = components.items.find((item) => item.get('id') === component)?.get('image') as yaml.YAMLMap;
    return facts === undefined ? [] : [spliceOf(text, image, JSON.stringify(facts))];
  });
  return changes
    .sort((a, b) => b.from - a.from)
    .reduce((all, { from, to, put }) => all.slice(0, from) + put + all.slice(to), text);
}

interface Splice {
  readonly from: number;
  readonly to: number;
  readonly put: string;
}

function spliceOf(text: string, image: yaml.YAMLMap, facts: string): Splice {
  const pairs = image.items as yaml.Pair<yaml.Scalar, yaml.Node>[];
  const recorded = pairs.find(({ key }) => key.value === 'facts')?.value;
  if (recorded?.range) {
    // the range of a block ends after its last line end
    const [from, to] = recorded.range;
    return { from, to: from + text.slice(from, to).trimEnd().length, put: facts };
  }
  const { key, value } = pairs.find((pair) => pair.key.value === 'digest')!;
  const [start, end] = [key.range![0], value!.range![1]];
  if (image.flow === true) {
    return { from: end, to: end, put: `, "facts": ${facts}` };
  }
  const indent = start - text.lastIndexOf('\n', start) - 1;
  const line = text.indexOf('\n', end);
  const at = line < 0 ? text.length : line - (text[line - 1] === '\r' ? 1 : 0);
  return { from: at, to: at, put: `${text.includes('\r\n') ? '\r\n' : '\n'}${' '.repeat(indent)}facts: ${facts}` };
}

/** Facts read from a file have their keys in its order. */
function sortedKeys(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return value;
  }
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, item]) => [key, sortedKeys(item)]));
}

/** Puts another text in the same quotes. A block becomes plain text; the blank lines at its end stay. */
function setScalar({ srcToken, type }: yaml.Scalar, value: string): void {
  const token = srcToken as yaml.CST.FlowScalar | yaml.CST.BlockScalar;
  const blankLines = token.type === 'block-scalar' ? /(?:\r?\n)*$/.exec(token.source)![0].replace(/^\r?\n/, '') : '';
  const isBlock = token.type === 'block-scalar';
  yaml.CST.setScalarValue(token, value, { type: isBlock ? 'PLAIN' : type });
  if (isBlock && blankLines !== '') {
    (token as unknown as yaml.CST.FlowScalar).end?.push({
      type: 'newline',
      offset: -1,
      indent: -1,
      source: blankLines,
    });
  }
}
