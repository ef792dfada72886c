import { Severity } from '../../model/finding';
import { reporterOf } from '../../model/rule-facts';

/** What can be wrong between the files in memory and the output folder. */
export const OUTPUT_RULES = [
  {
    id: 'output-path',
    severity: Severity.ERROR,
    title: 'A generated file has a path that is safe on every system',
    fix: 'Rename the construct the file is named after: relative, letters, digits, dots and dashes.',
  },
  {
    id: 'output-content',
    severity: Severity.ERROR,
    title: 'A generated file is text with line feeds only and one at the end',
    fix: 'Remove the carriage returns or broken characters from the texts of the model.',
  },
  {
    id: 'output-foreign',
    severity: Severity.ERROR,
    title: 'Only generated files are where generated ones are due',
    fix: 'Move the file away, or delete it; then run "npx toolbox-constructs synth".',
  },
  {
    id: 'output-blocked',
    severity: Severity.ERROR,
    title: 'No folder, symbolic link or device is in the way of a generated file',
    fix: 'Move it away; then run "npx toolbox-constructs synth".',
  },
  {
    id: 'output-kept',
    severity: Severity.WARNING,
    title: 'A file that is no longer generated has not been changed by hand',
    fix: 'Delete the file if nobody needs it.',
  },
  {
    id: 'output-approved',
    severity: Severity.ERROR,
    title: 'Approved files stay as they were approved',
    fix: 'Restore them from version control; or run "npx toolbox-constructs approve" for what the model says now; or delete the approval to withdraw it.',
  },
  {
    id: 'output-interrupted',
    severity: Severity.ERROR,
    title: 'No earlier synthesis ended in the middle',
    fix: 'Run "npx toolbox-constructs synth": it finishes or takes back what was begun.',
  },
  {
    id: 'output-locked',
    severity: Severity.ERROR,
    title: 'One synthesis at a time writes to an output folder',
    fix: 'Wait for it to end, then run the command again.',
  },
  {
    id: 'output-system',
    severity: Severity.ERROR,
    title: 'The system lets the output folder be read and written',
    fix: 'Make room, or give yourself the right to use the folder; then run the command again.',
  },
  {
    id: 'output-document',
    severity: Severity.ERROR,
    title: 'What an app hands over is a document of this version',
    fix: 'Use the same version of toolbox-constructs in the app and for the command.',
  },
] as const;

/** Makes a finding of one of these rules. */
export const outputFinding = reporterOf(OUTPUT_RULES);
