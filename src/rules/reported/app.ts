import { Severity } from '../../model/finding';
import { reporterOf } from '../../model/rule-facts';

/** Rules about running the app, before there is a model to check. */
export const APP_RULES = [
  {
    id: 'project-file',
    severity: Severity.ERROR,
    title: 'toolbox.json names the app and the output folder',
    fix: 'Write { "app": "node -r toolbox-constructs/bin/register src/main.ts", "outdir": "dist" }.',
  },
  {
    id: 'app-start',
    severity: Severity.ERROR,
    title: 'The app starts',
    fix: 'Name an installed, executable program in "app" of toolbox.json.',
  },
  {
    id: 'app-failed',
    severity: Severity.ERROR,
    title: 'The app exits without an error',
    fix: 'Fix the error in the app. Use --verbose for its full output.',
  },
  {
    id: 'app-silent',
    severity: Severity.ERROR,
    title: 'The app calls synth()',
    fix: 'Call synth() on the toolbox at the end of the app.',
  },
  {
    id: 'app-timeout',
    severity: Severity.ERROR,
    title: 'The app exits within the timeout',
    fix: 'Find what the app waits for, or raise the limit with --timeout.',
  },
] as const;

/** Creates a finding of one of these rules. */
export const appFinding = reporterOf(APP_RULES);
