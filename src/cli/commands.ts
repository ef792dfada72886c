import { Command } from './command';
import { lazy } from '../util/lazy';

export interface CommandEntry {
  readonly summary: string;
  load(): Command;
}

/** All commands, in the order of the help. */
export const commands: Readonly<Record<string, CommandEntry>> = {
  import: {
    summary: 'Turn compose files into a model',
    load: lazy(() => (require('./commands/import') as typeof import('./commands/import')).importCommand),
  },
  synth: {
    summary: 'Write the generated files to the output folder',
    load: lazy(() => (require('./commands/synth') as typeof import('./commands/synth')).synth),
  },
  check: {
    summary: 'Fail if the committed files differ from the model',
    load: lazy(() => (require('./commands/check') as typeof import('./commands/check')).check),
  },
  diff: {
    summary: 'Show what synth would change',
    load: lazy(() => (require('./commands/diff') as typeof import('./commands/diff')).diff),
  },
  verify: {
    summary: 'Run the checks of the model and record their results',
    load: lazy(() => (require('./commands/verify') as typeof import('./commands/verify')).verify),
  },
  status: {
    summary: 'Show verification, approval and what is missing',
    load: lazy(() => (require('./commands/status') as typeof import('./commands/status')).status),
  },
  approve: {
    summary: 'Record the approval of the current model',
    load: lazy(() => (require('./commands/approve') as typeof import('./commands/approve')).approve),
  },
  plan: {
    summary: 'Print the resolved model as JSON',
    load: lazy(() => (require('./commands/plan') as typeof import('./commands/plan')).plan),
  },
  doctor: {
    summary: 'Check this machine against the model and the pins',
    load: lazy(() => (require('./commands/doctor') as typeof import('./commands/doctor')).doctor),
  },
  pins: {
    summary: 'List, update or check the pinned versions and digests',
    load: lazy(() => (require('./commands/pins') as typeof import('./commands/pins')).pins),
  },
  explain: {
    summary: 'Show the construct, source line and rules behind a place in a generated file',
    load: lazy(() => (require('./commands/explain') as typeof import('./commands/explain')).explain),
  },
  rules: {
    summary: 'List all rules with their fixes',
    load: lazy(() => (require('./commands/rules') as typeof import('./commands/rules')).rulesCommand),
  },
};
