import { Subjects } from './subjects';
import { Tools } from './tools';

/** What a judge finds, in the words of a suppression: `where` is a file, or an object of a generated file. */
export interface JudgeFinding {
  readonly linter: string;
  readonly check: string;
  readonly where: string;
  readonly message: string;
}

/** What came of one judge. */
export interface Verdict {
  readonly version: string;
  /** How many files it looked at. */
  readonly files: number;
  readonly findings: readonly Omit<JudgeFinding, 'linter'>[];
  /** What a reader of the table has to know. */
  readonly note?: string;
}

/** A linter from outside. */
export interface Judge {
  readonly linter: string;
  /** @throws CannotJudge when it is missing or did not look. */
  judge(subjects: Subjects, tools: Tools): Verdict;
}
