import { Finding } from './finding';

/** Ends a command with findings. */
export class Failure extends Error {
  public readonly findings: readonly Finding[];

  constructor(...findings: readonly Finding[]) {
    super(findings.map(({ message }) => message).join('\n'));
    this.findings = findings;
  }
}
