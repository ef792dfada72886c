import { Finding } from '../model/finding';

/** A record that its own reader would refuse; the message tells people what to say differently. */
export class UnwritableRecordError extends Error {
  constructor(public readonly findings: readonly Finding[]) {
    super(findings.map(({ message, mend }) => `${message} ${mend}`).join('\n'));
    this.name = 'UnwritableRecordError';
  }
}
