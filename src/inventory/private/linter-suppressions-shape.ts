import { Form, newestForm } from './form';
import { PROSE, TITLE } from '../grammar';
import { LINTER, LINTER_CHECK } from './record-grammar';
import { Report } from './report';
import { exactly, listOf, mapping, text } from './shape';
import { Tree, quote } from './tree';
import { LinterSuppression } from '../../model/linter-suppression';

type ExceptionText = Omit<LinterSuppression, 'location'>;

interface ExceptionsText {
  readonly schemaVersion: number;
  readonly exceptions: LinterSuppression[];
}

const FORM: Form = {
  migrations: [],
  again: 'Follow inventories/exceptions.schema.json, and set `schemaVersion` to the newest.',
};

const EXCEPTION = mapping<ExceptionText>({
  linter: { shape: text(LINTER), required: 'linter: kube-linter' },
  check: { shape: text(LINTER_CHECK), required: 'check: some-check' },
  where: { shape: text({ ...TITLE, longest: 300 }), required: 'where: kubernetes/some-file.yaml' },
  reason: { shape: text(PROSE), required: 'reason: Why it is right as it is.' },
});

const EXCEPTIONS = mapping<ExceptionsText>({
  schemaVersion: { shape: exactly(1), required: 'schemaVersion: 1' },
  exceptions: { shape: listOf(exception), required: 'exceptions: []' },
});

/** The exceptions that can be read and are there for the first time, in the order of the file. */
export function readExceptions(tree: Tree, report: Report): LinterSuppression[] {
  const newest = newestForm(tree, FORM, report);
  const read = newest && EXCEPTIONS(newest, '', report);
  return withoutDoubles(read?.value.exceptions ?? [], report);
}

function exception(tree: Tree, where: string, report: Report): LinterSuppression | undefined {
  const read = EXCEPTION(tree, where, report);
  const { linter, check, where: place, reason } = read?.value ?? {};
  if (!read || linter === undefined || check === undefined || place === undefined || reason === undefined) {
    return undefined;
  }
  return {
    linter,
    check,
    where: place,
    reason: reason.trim().replace(/\s+/g, ' '),
    location: { file: report.file, ...read.spotOf('linter') },
  };
}

function withoutDoubles(exceptions: readonly LinterSuppression[], report: Report): LinterSuppression[] {
  const first = new Map<string, LinterSuppression>();
  for (const one of exceptions) {
    const name = JSON.stringify([one.linter, one.check, one.where]);
    const other = first.get(name);
    if (other) {
      const { line, column } = one.location;
      const message = `The exception of ${quote(one.linter)} for ${quote(one.check)} at ${quote(one.where)} is there twice, first in line ${other.location.line}.`;
      report.add('inventory-duplicate', { line, column: column ?? 1 }, message, 'Keep one of them.');
    } else {
      first.set(name, one);
    }
  }
  return [...first.values()];
}
