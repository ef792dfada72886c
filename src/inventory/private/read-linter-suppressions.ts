import { firstOfEach } from './first-of-each';
import { Form } from './form';
import { validators } from './lazy-validators';
import { LocatedValue } from './located-value';
import { Report } from './report';
import { Tree } from './tree';
import { LinterSuppression } from '../../model/linter-suppression';
import { quote } from '../../util/printable';

interface Contents {
  readonly suppressions?: readonly Partial<Omit<LinterSuppression, 'location'>>[];
}

const FORM: Form = {
  migrations: [],
  again: 'Follow inventories/linter-suppressions.schema.json, and set `schemaVersion` to the newest.',
};

/** Returns the entries that can be read and are there for the first time, in the order of the file. */
export function readLinterSuppressions(tree: Tree, report: Report): LinterSuppression[] {
  const read = new LocatedValue<Contents>(tree, FORM, validators().validateLinterSuppressions, report);
  const entries = (read.value?.suppressions ?? []).flatMap((entry) => {
    const { linter, check, where, reason } = entry;
    return linter === undefined || check === undefined || where === undefined || reason === undefined
      ? []
      : [
        {
          linter,
          check,
          where,
          reason: oneLine(reason),
          location: { file: report.file, ...read.spotOf(entry, 'linter') },
        },
      ];
  });
  const nameOf = ({ linter, check, where }: LinterSuppression): string =>
    `The suppression of ${quote(linter)} for ${quote(check)} at ${quote(where)}`;
  return firstOfEach(entries, nameOf, report, 'Keep one of them.');
}

/** Returns prose without its line breaks: how it is wrapped in the file is not part of what it says. */
export function oneLine(prose: string): string {
  return prose.trim().replace(/\s+/g, ' ');
}
