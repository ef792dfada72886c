import { Command } from './command';
import { lazy } from '../util/lazy';

export interface CommandEntry {
  readonly summary: string;
  load(): Command;
}

/** Every command, in the order of the help. */
export const commands: Readonly<Record<string, CommandEntry>> = {
  synth: {
    summary: 'Write the files of the model into the output folder',
    load: lazy(() => (require('./commands/synth') as typeof import('./commands/synth')).synth),
  },
  check: {
    summary: 'Fail when the committed files differ from the model',
    load: lazy(() => (require('./commands/check') as typeof import('./commands/check')).check),
  },
  diff: {
    summary: 'Show what synth would change',
    load: lazy(() => (require('./commands/diff') as typeof import('./commands/diff')).diff),
  },
  verify: {
    summary: 'Run the checks of the model, and record what they show',
    load: lazy(() => (require('./commands/verify') as typeof import('./commands/verify')).verify),
  },
  status: {
    summary: 'Show how far the toolbox is proven and approved, and what is missing',
    load: lazy(() => (require('./commands/status') as typeof import('./commands/status')).status),
  },
  approve: {
    summary: 'Record that a person approves what the model says now',
    load: lazy(() => (require('./commands/approve') as typeof import('./commands/approve')).approve),
  },
  plan: {
    summary: 'Print the resolved model as JSON',
    load: lazy(() => (require('./commands/plan') as typeof import('./commands/plan')).plan),
  },
  doctor: {
    summary: 'Look at this machine: whether it has what the model and the pins ask for',
    load: lazy(() => (require('./commands/doctor') as typeof import('./commands/doctor')).doctor),
  },
  pins: {
    summary: 'List the pins; look up digests of images, or whether they still hold',
    load: lazy(() => (require('./commands/pins') as typeof import('./commands/pins')).pins),
  },
  explain: {
    summary: 'Say which construct, line of the model and rules are behind a place in a generated file',
    load: lazy(() => (require('./commands/explain') as typeof import('./commands/explain')).explain),
  },
  rules: {
    summary: 'List what is refused or warned about, and how to fix it',
    load: lazy(() => (require('./commands/rules') as typeof import('./commands/rules')).rulesCommand),
  },
};
