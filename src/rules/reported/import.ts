import { Severity } from '../../model/finding';
import { reporterOf } from '../../model/rule-facts';

/** Rules that `toolbox-constructs import` checks. */
export const IMPORT_RULES = [
  {
    id: 'import-source',
    severity: Severity.ERROR,
    title: 'Compose files can be read as Compose reads them',
    fix: 'Fix the compose file: "docker compose config" has to accept it.',
  },
  {
    id: 'import-existing',
    severity: Severity.ERROR,
    title: 'An import does not replace files of the project',
    fix: 'Move the file, import into another folder, or use --force to replace it.',
  },
  {
    id: 'import-difference',
    severity: Severity.ERROR,
    title: 'The generated compose file means what the source means',
    fix: 'Compare the key in both files, and add it to the model.',
  },
] as const;

/** Creates a finding of one of these rules. */
export const importFinding = reporterOf(IMPORT_RULES);
