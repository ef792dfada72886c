import { HttpAnswer } from './ask-host';
import { ProgramAnswer } from './run-program';
import { Plan } from '../plan/plan';

/** `not-checked` never counts as fine: it says why nobody knows. A warning is told, and the machine can still be used. */
export type Outcome = 'ok' | 'warning' | 'wrong' | 'not-checked';

/** What one look at the machine gave. */
export interface Result {
  /** What was looked at, where a check looks at several things: a program, a file, a port. */
  readonly subject: string;
  readonly status: Outcome;
  /** What there is; of what was not checked: why. */
  readonly found: string;
  /** What the model and the inventory ask for. */
  readonly asked: string;
  /** How to mend it; undefined when there is nothing to mend. */
  readonly mend?: string;
}

/** What checks look with. Everything that comes back is from outside: its form is unknown, only its length is bounded. */
export interface Examination {
  readonly plan: Plan;
  /** The project's folder. */
  readonly root: string;
  /** Neither a server nor the engine may be asked. */
  readonly offline: boolean;
  /** UTC, `2026-11-22`. */
  readonly today: string;
  run(program: string, ...words: string[]): Promise<ProgramAnswer>;
  /** Asks a server on this machine's loopback; posts the body when there is one. */
  ask(port: number, path: string, body?: object): Promise<HttpAnswer>;
}

/** One named check of this machine. */
export interface Examiner {
  /** @returns nothing when the model asks for nothing of the kind. */
  examine(examination: Examination): Promise<Result[]> | Result[];
}
