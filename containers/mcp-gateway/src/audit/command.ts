import { parseArgs } from 'node:util';
import { AuditReport, Place, verifyAudit } from './verify';

/** Where a command writes. */
export interface CommandOutput {
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown };
}

export const AUDIT_USAGE = `usage: mcp-gateway audit verify [--json] FILE...

Follows the hash chain of an audit log through FILE..., in the order of the records, and tells a record that was
changed, a gap and a cut. Give the rotated files too: mcp-gateway audit verify /var/log/mcp/audit.jsonl*
Exit code: 0 the log is whole, 1 it is not, 2 it could not be checked.
`;

/** `mcp-gateway audit ...`. @returns the exit code */
export async function auditCommand(argv: readonly string[], output: CommandOutput = process): Promise<number> {
  let files: string[];
  let json: boolean;
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: { json: { type: 'boolean', default: false }, help: { type: 'boolean', short: 'h', default: false } },
    });
    if (values.help) {
      output.stdout.write(AUDIT_USAGE);
      return 0;
    }
    const [verb, ...rest] = positionals;
    if (verb !== 'verify' || rest.length === 0) {
      throw new Error(verb === 'verify' ? 'no file was given' : `the only audit command is verify, not ${JSON.stringify(verb ?? '')}`);
    }
    files = rest;
    json = values.json;
  } catch (error) {
    output.stderr.write(`${messageOf(error)}\n\n${AUDIT_USAGE}`);
    return 2;
  }
  let report: AuditReport;
  try {
    report = await verifyAudit(files);
  } catch (error) {
    output.stderr.write(`the audit log could not be checked: ${messageOf(error)}\n`);
    return 2;
  }
  if (report.files.length === 0) {
    output.stderr.write('the audit log could not be checked: .head and .lock files are not logs; name the log itself\n');
    return 2;
  }
  output.stdout.write(json ? `${JSON.stringify(report, undefined, 2)}\n` : asText(report));
  return report.ok ? 0 : 1;
}

function asText(report: AuditReport): string {
  const lines = [
    ...report.findings.map((finding) => `${finding.kind}: ${at(finding)}`),
    ...report.notes.map((note) => `note: ${at(note)}`),
    `${report.ok ? 'ok' : 'not ok'}: ${counted(report)}`,
  ];
  return `${lines.join('\n')}\n`;
}

function counted(report: AuditReport): string {
  const files = `${report.files.length} file${report.files.length === 1 ? '' : 's'}`;
  if (report.lastSeq === undefined) {
    return `no records in ${files}`;
  }
  return `${report.records} records (${report.firstSeq ?? '?'} to ${report.lastSeq}) in ${files}, last hash ${report.lastHash ?? '?'}`;
}

function at({ file, line, message }: Place): string {
  return `${file}:${line}: ${message}`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
