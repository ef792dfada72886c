import { Severity } from '../../model/finding';
import { reporterOf } from '../../model/rule-facts';

/** What can be wrong before a model is there to be judged. */
export const APP_RULES = [
  {
    id: 'project-file',
    severity: Severity.ERROR,
    title: 'toolbox.json names the app and the output folder',
    fix: 'Write { "app": "the command that runs the model", "outdir": "dist" }.',
  },
  {
    id: 'app-start',
    severity: Severity.ERROR,
    title: 'The app can be started',
    fix: 'Name a program in "app" of toolbox.json that is installed and may be executed.',
  },
  {
    id: 'app-failed',
    severity: Severity.ERROR,
    title: 'The app ends without an error',
    fix: 'Fix the app; --verbose prints all it said.',
  },
  {
    id: 'app-silent',
    severity: Severity.ERROR,
    title: 'The app hands its model over',
    fix: 'Call synth() on the toolbox at the end of the app.',
  },
  {
    id: 'app-timeout',
    severity: Severity.ERROR,
    title: 'The app ends in time',
    fix: 'Look for what it waits for, or give it more time with --timeout.',
  },
] as const;

/** Makes a finding of one of these rules. */
export const appFinding = reporterOf(APP_RULES);
