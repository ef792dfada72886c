import { Severity } from '../../model/finding';
import { reporterOf } from '../../model/rule-facts';

/** Rules about writing and comparing the output folder. */
export const OUTPUT_FOLDER_RULES = [
  {
    id: 'output-path',
    severity: Severity.ERROR,
    title: 'Paths of generated files are valid on every system',
    fix: 'Rename the construct: use letters, digits, dots and dashes.',
  },
  {
    id: 'output-content',
    severity: Severity.ERROR,
    title: 'Generated files are text with LF line endings and a final newline',
    fix: 'Remove carriage returns and invalid characters from the texts of the model.',
  },
  {
    id: 'output-foreign',
    severity: Severity.ERROR,
    title: 'The output folder holds only generated files in generated places',
    fix: 'Move or delete the file, then run "npx toolbox-constructs synth".',
  },
  {
    id: 'output-blocked',
    severity: Severity.ERROR,
    title: 'Paths of generated files are free or regular files',
    fix: 'Move it, then run "npx toolbox-constructs synth".',
  },
  {
    id: 'output-kept',
    severity: Severity.WARNING,
    title: 'Files that are no longer generated were not edited by hand',
    fix: 'Delete the file if it is no longer needed.',
  },
  {
    id: 'output-approved',
    severity: Severity.ERROR,
    title: 'Approved files are unchanged',
    fix: 'Restore them from version control, run "npx toolbox-constructs approve" again, or delete the approval.',
  },
  {
    id: 'output-interrupted',
    severity: Severity.ERROR,
    title: 'No synth was interrupted while it wrote the output folder',
    fix: 'Run "npx toolbox-constructs synth" again: it completes the output folder.',
  },
  {
    id: 'output-locked',
    severity: Severity.ERROR,
    title: 'One synthesis writes to an output folder at a time',
    fix: 'Wait until it finishes, then run the command again.',
  },
  {
    id: 'output-system',
    severity: Severity.ERROR,
    title: 'The output folder can be read and written',
    fix: 'Free disk space or fix the permissions of the folder, then run the command again.',
  },
  {
    id: 'output-document',
    severity: Severity.ERROR,
    title: 'The app and the command have the same document version',
    fix: 'Use one version of toolbox-constructs for the app and the command.',
  },
] as const;

/** Creates a finding of one of these rules. */
export const outputFinding = reporterOf(OUTPUT_FOLDER_RULES);
