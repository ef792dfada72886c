import { fidelityPage } from './fidelity/fidelity-page';
import { ENGLISH } from './messages/english';
import { GERMAN } from './messages/german';
import { DOCS_FOLDER } from './places';
import { statusPage } from './status/status-page';
import { Plan } from '../../plan/plan';
import { FidelityEntry, OutputFile, OverrideEffect } from '../../plan/target-output';
import { outputFile, TargetFile } from '../target-file';

/** The languages of the status page. */
const STATUS_PAGES = [
  { file: 'STATUS.md', messages: ENGLISH },
  { file: 'STATUS.de.md', messages: GERMAN },
];

/**
 * The pages that people read: what the toolbox is and what was seen to work, in each language, and what each target
 * could not simply keep.
 *
 * @param plan a plan that the rules let through.
 * @param fidelity entries of all targets.
 * @param effects what overrides open.
 */
export function renderDocs(
  plan: Plan,
  fidelity: readonly FidelityEntry[],
  effects?: readonly OverrideEffect[],
): OutputFile[] {
  return docsFiles(plan, fidelity, effects).map(outputFile);
}

/** Returns the pages before they are text; their lines have origins. */
export function docsFiles(
  plan: Plan,
  fidelity: readonly FidelityEntry[],
  effects: readonly OverrideEffect[] = [],
): TargetFile[] {
  const translations = STATUS_PAGES.map(({ file, messages }) => ({ file, language: messages.language }));
  return [
    { path: `${DOCS_FOLDER}/FIDELITY.md`, ...fidelityPage(plan, fidelity) },
    ...STATUS_PAGES.map(({ file, messages }) => ({
      path: `${DOCS_FOLDER}/${file}`,
      ...statusPage(
        plan,
        fidelity,
        messages,
        translations.filter((other) => other.file !== file),
        effects,
      ),
    })),
  ];
}
