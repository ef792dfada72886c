import { Interface } from './machine/addresses';
import { Address, HttpAnswer } from './machine/ask-host';
import { ProgramAnswer, RunOptions } from './machine/run-program';
import { Plan } from '../plan/plan';

/** A warning does not prevent use. `not-checked` never counts as ok; `found` has the reason. */
export type Outcome = 'ok' | 'warning' | 'failure' | 'not-checked';

/** The result of a check, or of one of its subjects. */
export interface Result {
  /** The program, file or port, for checks with several subjects. */
  readonly subject: string;
  readonly status: Outcome;
  /** The current state; the reason if not checked. */
  readonly found: string;
  /** The requirement of the model or the inventory. */
  readonly expected: string;
  /** How to fix it, one step per line; undefined if there is nothing to fix. */
  readonly fix?: string;
}

/** A named check of this machine. */
export interface Examiner {
  /** Returns no result if the model has nothing to check. */
  examine(examination: Examination): Promise<Result[]> | Result[];
}

/** Inputs and tools of checks. Answers are untrusted: bounded in length, unknown in form. */
export interface ExaminationProps {
  readonly plan: Plan;
  /** The project's folder. */
  readonly root: string;
  /** Absolute path of the compose file in use. */
  readonly composeFile: string;
  /** Whether servers and the engine must not be contacted. */
  readonly offline: boolean;
  /** UTC, `2026-11-22`. */
  readonly today: string;
  /** `process.platform`: `linux`, `darwin`, `win32`. */
  readonly platform: string;
  /** Addresses of this machine other than the loopback. */
  readonly interfaces: readonly Interface[];
  isOwnAddress(address: string): Promise<boolean>;
  /** Milliseconds of a monotonic clock. */
  clock(): number;
  run(program: string, words: readonly string[], options?: RunOptions): Promise<ProgramAnswer>;
  /** Requests JSON from a server of this machine; posts the body if given. */
  ask(address: Address, path: string, body?: object): Promise<HttpAnswer>;
}

/** An examination of a machine. Shared questions are asked once. */
export class Examination {
  private readonly answers = new Map<string, Promise<unknown>>();

  constructor(public readonly props: ExaminationProps) {}

  /** Returns the cached result of the first call with the same key. */
  public once<T>(key: string, ask: () => Promise<T>): Promise<T> {
    const answer = (this.answers.get(key) as Promise<T> | undefined) ?? ask();
    this.answers.set(key, answer);
    return answer;
  }
}
