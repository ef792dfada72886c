import { parseArgs } from 'node:util';
import { Place } from './chain';
import { AuditFinding, AuditReport, verifyAudit } from './verify';
import { printable } from '../cli/output';

/** Where a command writes. */
export interface CommandOutput {
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown };
}

export const AUDIT_USAGE = `usage: mcp-gateway audit verify [--json] [--alone] FILE...

Follows the hash chain of an audit log: mcp-gateway audit verify /var/log/mcp-gateway/audit.jsonl
The rotated files and the head beside it are found by themselves. Name further files of the same log if it was
also rotated by another program.

  --json    the report for a machine
  --alone   judge FILE... only, and look for nothing beside them: for files that were put away

Findings: edited, records-missing, file-missing, truncated, log-missing, head-missing, head-damaged, head-older,
not-a-file. Those that the gateway noticed itself stay in the log, and are reported until they are rotated away.
Exit code: 0 the log is whole, 1 it is not, 2 it could not be checked (usage, no such log, no permission).
`;

/** `mcp-gateway audit ...`. @returns the exit code */
export async function auditCommand(argv: readonly string[], output: CommandOutput = process): Promise<number> {
  let files: string[];
  let json: boolean;
  let alone: boolean;
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        json: { type: 'boolean', default: false },
        alone: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    if (values.help) {
      output.stdout.write(AUDIT_USAGE);
      return 0;
    }
    const [verb, ...rest] = positionals;
    if (verb !== 'verify' || rest.length === 0) {
      throw new Error(
        verb === 'verify' ? 'no file was given' : `the only audit command is verify, not ${JSON.stringify(verb ?? '')}`,
      );
    }
    files = rest;
    ({ json, alone } = values);
  } catch (error) {
    output.stderr.write(`${messageOf(error)}\n\n${AUDIT_USAGE}`);
    return 2;
  }
  let report: AuditReport;
  try {
    report = await verifyAudit(files, { alone });
  } catch (error) {
    output.stderr.write(printable(`the audit log could not be checked: ${messageOf(error)}\n`));
    return 2;
  }
  output.stdout.write(json ? `${JSON.stringify(report, undefined, 2)}\n` : printable(asText(report)));
  return report.ok ? 0 : 1;
}

function asText(report: AuditReport): string {
  const lines = [
    ...report.findings.map((finding) => `${finding.kind}${recorded(finding)}: ${at(finding)}`),
    ...report.notes.map((note) => `note: ${at(note)}`),
    `${report.ok ? 'ok' : 'not ok'}: ${counted(report)}`,
  ];
  return `${lines.join('\n')}\n`;
}

function recorded({ recorded: known, visible }: AuditFinding): string {
  return known ? visible ? ' (recorded by the gateway)' : ' (in the past, recorded by the gateway)' : '';
}

function counted(report: AuditReport): string {
  const files = `${report.files.length} file${report.files.length === 1 ? '' : 's'}`;
  if (report.lastSeq === undefined) {
    return `no records in ${files}`;
  }
  return `${report.records} records (${report.firstSeq ?? '?'} to ${report.lastSeq}) in ${files}, last hash ` +
    `${report.lastHash ?? '?'}`;
}

function at({ file, line, message }: Place): string {
  return line === undefined ? `${file}: ${message}` : `${file}:${line}: ${message}`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
