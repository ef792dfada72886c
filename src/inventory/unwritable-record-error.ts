import { Finding } from '../model/finding';

/** Thrown for a record that its own reader would refuse; the message says what to change. */
export class UnwritableRecordError extends Error {
  /** Without places: there is no file yet. */
  public readonly findings: readonly Finding[];

  constructor(findings: readonly Finding[]) {
    super(findings.map(({ message, fix }) => `${message} ${fix}`).join('\n'));
    this.findings = findings.map(({ location: _, ...finding }) => finding);
    this.name = 'UnwritableRecordError';
  }
}
