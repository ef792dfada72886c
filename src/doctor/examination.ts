import { Interface } from './machine/addresses';
import { Address, HttpAnswer } from './machine/ask-host';
import { ProgramAnswer, RunOptions } from './machine/run-program';
import { Plan } from '../plan/plan';

/** With a warning the toolbox can be used. `not-checked` never counts as ok: it says why nothing is known. */
export type Outcome = 'ok' | 'warning' | 'failure' | 'not-checked';

/** What one look at the machine gave. */
export interface Result {
  /** What was looked at, where a check looks at several things: a program, a file, a port. */
  readonly subject: string;
  readonly status: Outcome;
  /** What there is. Of a check that was not made: why. */
  readonly found: string;
  /** What the model and the inventory ask for. */
  readonly expected: string;
  /** How to fix it, a step a line; undefined when there is nothing to fix. */
  readonly fix?: string;
}

/** One named check of this machine. */
export interface Examiner {
  /** Returns no result when the model asks for nothing of the kind. */
  examine(examination: Examination): Promise<Result[]> | Result[];
}

/** What checks look at, and with. Answers come from outside: their length is bounded, their form is unknown. */
export interface ExaminationProps {
  readonly plan: Plan;
  /** The project's folder. */
  readonly root: string;
  /** The compose file that is used, absolute. */
  readonly composeFile: string;
  /** Neither a server nor the engine may be asked. */
  readonly offline: boolean;
  /** UTC, `2026-11-22`. */
  readonly today: string;
  /** As Node.js calls it: `linux`, `darwin`, `win32`. */
  readonly platform: string;
  /** Addresses of this machine other than the loopback. */
  readonly interfaces: readonly Interface[];
  isOwnAddress(address: string): Promise<boolean>;
  /** Milliseconds of a clock that only goes forward. */
  clock(): number;
  run(program: string, words: readonly string[], options?: RunOptions): Promise<ProgramAnswer>;
  /** Asks a server of this machine; posts the body when there is one. */
  ask(address: Address, path: string, body?: object): Promise<HttpAnswer>;
}

/** One examination of a machine. What several checks need is asked once. */
export class Examination {
  private readonly answers = new Map<string, Promise<unknown>>();

  constructor(public readonly props: ExaminationProps) {}

  /** The answer of the first call with the same key. */
  public once<T>(key: string, ask: () => Promise<T>): Promise<T> {
    const answer = (this.answers.get(key) as Promise<T> | undefined) ?? ask();
    this.answers.set(key, answer);
    return answer;
  }
}
