import { Finding } from '../model/finding';

/** A record that its own reader would refuse; the message tells people what to say differently. */
export class UnwritableRecordError extends Error {
  /** Without places: there is no file yet. */
  public readonly findings: readonly Finding[];

  constructor(findings: readonly Finding[]) {
    super(findings.map(({ message, fix }) => `${message} ${fix}`).join('\n'));
    this.findings = findings.map(({ location: _, ...finding }) => finding);
    this.name = 'UnwritableRecordError';
  }
}
