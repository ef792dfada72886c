import { SourceLocation } from '../../model/finding';

/** Something that keeps a compose file from being read. */
export interface ComposeProblem {
  readonly location: SourceLocation;
  /** Names keys and places, never values: those can be secrets. */
  readonly message: string;
}

/** A compose file cannot be read. Carries every problem, with its place. */
export class ComposeError extends Error {
  public readonly problems: readonly ComposeProblem[];

  constructor(problems: readonly ComposeProblem[]) {
    super(problems.map(({ location, message }) => `${location.file}:${location.line}: ${message}`).join('\n'));
    this.problems = problems;
  }
}
