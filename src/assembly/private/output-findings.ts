import { Finding, Severity } from '../../model/finding';

/** What can be wrong between the files in memory and the output folder. */
export const OUTPUT_RULES = [
  {
    id: 'output-path',
    severity: Severity.ERROR,
    what: 'A generated file has a path that is not safe on every system.',
    mend: 'Rename the construct the file is named after: relative, letters, digits, dots and dashes.',
  },
  {
    id: 'output-content',
    severity: Severity.ERROR,
    what: 'A generated file is not plain text with line feeds and one at the end.',
    mend: 'Remove the carriage returns or broken characters from the texts of the model.',
  },
  {
    id: 'output-foreign',
    severity: Severity.ERROR,
    what: 'A file that was not generated is where a generated one is due.',
    mend: 'Move the file away, or delete it; then run "npx toolbox synth".',
  },
  {
    id: 'output-blocked',
    severity: Severity.ERROR,
    what: 'A folder, a symbolic link or a device is in the way of a generated file.',
    mend: 'Move it away; then run "npx toolbox synth".',
  },
  {
    id: 'output-kept',
    severity: Severity.WARNING,
    what: 'A file is no longer generated but was changed by hand, so it stays.',
    mend: 'Delete the file if nobody needs it.',
  },
  {
    id: 'output-interrupted',
    severity: Severity.ERROR,
    what: 'An earlier synthesis was interrupted while it wrote.',
    mend: 'Run "npx toolbox synth": it finishes or takes back what was begun.',
  },
  {
    id: 'output-locked',
    severity: Severity.ERROR,
    what: 'Another synthesis is writing to the same output folder.',
    mend: 'Wait for it to end, then run the command again.',
  },
  {
    id: 'output-system',
    severity: Severity.ERROR,
    what: 'The system refused to read or write the output folder; its files are as they were.',
    mend: 'Make room, or give yourself the right to use the folder; then run the command again.',
  },
  {
    id: 'output-document',
    severity: Severity.ERROR,
    what: 'What the app handed over is not a document of this version.',
    mend: 'Use the same version of toolbox-constructs in the app and for the command.',
  },
] as const;

export type OutputRule = typeof OUTPUT_RULES[number]['id'];

/** A finding about the output folder, with the mend of its rule. */
export function outputFinding(rule: OutputRule, message: string): Finding {
  const { severity, mend } = OUTPUT_RULES.find((candidate) => candidate.id === rule)!;
  return { rule, severity, message, mend };
}
