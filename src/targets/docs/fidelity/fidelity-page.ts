import { Plan } from '../../../plan/plan';
import { FidelityEntry } from '../../../plan/target-output';
import { from, origin } from '../../origin';
import { TargetFile } from '../../target-file';
import { link } from '../escape/link';
import { joined, Markdown, md, plural } from '../escape/markdown';
import { prose } from '../escape/prose';
import { text } from '../escape/text';
import { ENGLISH } from '../messages/english';
import { Block, page, section, table } from '../page';
import { names } from '../words';
import { entryGroups } from './entry-groups';
import { matrix } from './matrix';

type Target = FidelityEntry['target'];
type Verdict = FidelityEntry['verdict'];

const TARGETS: readonly (readonly [Target, Markdown])[] = [
  ['compose', md`Docker Compose`],
  ['kubernetes', md`Kubernetes`],
];

/** The worst first. */
const VERDICTS: readonly (readonly [Verdict, Markdown, Markdown])[] = [
  ['refused', md`Refused`, md`refused`],
  ['left-out', md`Left out`, md`left out`],
  ['adapted', md`Adapted`, md`adapted`],
];

/** The fidelity report, in English alone: what each target could not simply keep of the model. */
export function fidelityPage(plan: Plan, fidelity: readonly FidelityEntry[]): Omit<TargetFile, 'path'> {
  return page(plan, md`${text(plan.title)}: fidelity`, [
    md`How the generated files express the model. The model itself is on ${link('the status page', 'STATUS.md')}.`,
    section(md`At a glance`, [
      joined([
        md`Kept: as in the model. Adapted: expressed differently. Left out: omitted. Refused: no output, since`,
        md`omitting it would be unsafe.`,
      ], ' '),
      matrix(plan, fidelity),
    ]),
    ...TARGETS.map(([target, title]) =>
      targetSection(
        title,
        fidelity.filter((entry) => entry.target === target),
      ),
    ),
  ]);
}

function targetSection(title: Markdown, entries: readonly FidelityEntry[]): Block {
  const number = entries.length;
  const counts = VERDICTS.map(
    ([verdict, , word]) => md`${entries.filter((entry) => entry.verdict === verdict).length} ${word}`,
  );
  return section(title, [
    number === 0
      ? md`Everything is kept.`
      : md`${number} ${plural(number, md`entry`, md`entries`)}: ${counts[0]}, ${counts[1]}, ${counts[2]}.`,
    ...VERDICTS.map(([verdict, word]) =>
      verdictSection(
        md`${word} in ${title}`,
        entries.filter((entry) => entry.verdict === verdict),
      ),
    ),
  ]);
}

function verdictSection(title: Markdown, entries: readonly FidelityEntry[]): Block {
  return section(
    title,
    [
      table(
        ENGLISH.page,
        [md`Fact`, md`Where`, md`Why`, md`What to do`],
        entryGroups(entries).map(({ fact, paths, reason, remedy }) =>
          from(() => origin(paths, []), [text(fact), names(ENGLISH, paths), prose(reason), prose(remedy)]),
        ),
      ),
    ],
    3,
  );
}
