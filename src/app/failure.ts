import { Finding, Severity, SourceLocation } from '../model/finding';

/** What can be wrong before a model is there to be judged. */
export const CLI_RULES = [
  {
    id: 'project-file',
    severity: Severity.ERROR,
    title: 'toolbox.json names the app and the output folder',
    mend: 'Write { "app": "the command that runs the model", "outdir": "dist" }.',
  },
  {
    id: 'app-start',
    severity: Severity.ERROR,
    title: 'The app can be started',
    mend: 'Name a program in "app" of toolbox.json that is installed and may be executed.',
  },
  {
    id: 'app-failed',
    severity: Severity.ERROR,
    title: 'The app ends without an error',
    mend: 'Mend the app; --verbose prints all it said.',
  },
  {
    id: 'app-silent',
    severity: Severity.ERROR,
    title: 'The app hands its model over',
    mend: 'Call synth() on the toolbox at the end of the app.',
  },
  {
    id: 'app-timeout',
    severity: Severity.ERROR,
    title: 'The app ends in time',
    mend: 'Look for what it waits for, or give it more time with --timeout.',
  },
] as const;

export type CliRule = typeof CLI_RULES[number]['id'];

/** A finding of the command itself, with the mend of its rule. */
export function cliFinding(rule: CliRule, message: string, location?: SourceLocation): Finding {
  const { severity, mend } = CLI_RULES.find((candidate) => candidate.id === rule)!;
  return { rule, severity, message, mend, ...(location === undefined ? {} : { location }) };
}

/** Ends a command with findings. */
export class Failure extends Error {
  public readonly findings: readonly Finding[];

  constructor(...findings: readonly Finding[]) {
    super(findings.map(({ message }) => message).join('\n'));
    this.findings = findings;
  }
}
