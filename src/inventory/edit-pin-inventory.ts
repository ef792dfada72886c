import * as yaml from 'yaml';
import { INVENTORY_RULES } from './inventory-rules';
import { PinInventory } from './pin-inventory';
import { readText } from './private/read-text';
import { Report } from './private/report';
import { Finding, Severity } from '../model/finding';
import { Pin } from '../model/pin';

/** A digest for the image of a component. */
export interface DigestEdit {
  readonly component: string;
  /** The image it was looked up for; the inventory must still name the same one. */
  readonly repository: string;
  readonly tag: string;
  /** `sha256:` and 64 hexadecimal digits. */
  readonly digest: string;
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
 * other byte stays: comments, order, quotes, blank lines, line ends. What comes out is read again as strictly as any
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
  const edited = applied(plain, changesOf(plain, edits));
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
  const digests = new Map(edits.map(({ component, digest }) => [component, digest]));
  const isWrong = (pin: Pin) =>
    meaning(after.component(pin.component)) !== meaning(withDigest(pin, digests.get(pin.component)));
  const wrong = before.pins.find(isWrong)?.component;
  return hasErrors(after) || after.pins.length !== before.pins.length ? wrong ?? edits[0]?.component : wrong;
}

function withDigest(pin: Pin, digest: string | undefined): Pin {
  return digest === undefined ? pin : { ...pin, image: { ...pin.image!, digest, digestMissing: undefined } };
}

/** What a pin says, wherever it stands: a reason of several lines may have become one line. */
function meaning(pin: Pin | undefined): string {
  const { image, npm, location, ...rest } = pin ?? { location: undefined };
  return JSON.stringify([
    rest,
    image?.repository,
    image?.tag,
    image?.digest,
    image?.digestMissing,
    npm?.name,
    npm?.integrity,
  ]);
}

interface Change {
  readonly begin: number;
  readonly end: number;
  readonly text: string;
}

function applied(text: string, changes: readonly Change[]): string {
  const fromTheEnd = [...changes].sort((a, b) => b.begin - a.begin);
  return fromTheEnd.reduce(
    (result, { begin, end, text: part }) => result.slice(0, begin) + part + result.slice(end),
    text,
  );
}

function changesOf(text: string, edits: readonly DigestEdit[]): Change[] {
  const { contents } = yaml.parseDocument(text, { uniqueKeys: false, merge: false, logLevel: 'silent' });
  const components = (contents as yaml.YAMLMap).get('components') as yaml.YAMLSeq<yaml.YAMLMap>;
  return edits.flatMap(({ component, digest }) => {
    const image = components.items.find((item) => item.get('id') === component)?.get('image') as yaml.YAMLMap<
      yaml.Scalar.Parsed,
      yaml.Scalar.Parsed
    >;
    return image.items.flatMap(({ key, value }) => imageChanges(text, key, value!, digest));
  });
}

function imageChanges(text: string, key: yaml.Scalar.Parsed, value: yaml.Scalar.Parsed, digest: string): Change[] {
  switch (key.value) {
    case 'digest': return [replaced(text, value, digest)];
    case 'digestMissing': return [replaced(text, key, 'digest'), replaced(text, value, digest)];
    default: return [];
  }
}

/** Another value in the same quotes. */
function replaced(text: string, { range: [begin, end], type }: yaml.Scalar.Parsed, value: string): Change {
  switch (type) {
    case 'QUOTE_SINGLE': return { begin, end, text: `'${value}'` };
    case 'QUOTE_DOUBLE': return { begin, end, text: `"${value}"` };
    case 'BLOCK_FOLDED':
    case 'BLOCK_LITERAL': return { begin, end, text: inPlaceOfBlock(text.slice(begin, end), value) };
    default: return { begin, end, text: value };
  }
}

/** A block begins with a line of its own, which may end in a comment, and takes the blank lines after it. */
function inPlaceOfBlock(block: string, value: string): string {
  const [, comment] = /^[|>][-+0-9]*([^\r\n]*)/.exec(block)!;
  return value + comment + block.slice(block.trimEnd().length);
}
