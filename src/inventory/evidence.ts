import * as path from 'node:path';
import { ID } from './grammar';
import { EvidenceRecord, IEvidenceSource } from '../model/evidence';
import { Finding } from '../model/finding';
import { parseYaml } from './private/parse-yaml';
import { projectPath } from './private/project-path';
import { readEvidence } from './private/read-evidence';
import { readFolder } from './private/read-folder';
import { readText } from './private/read-text';
import { Report } from './private/report';
import { aText, expectFields } from '../model/fields';
import { quote } from '../util/printable';

interface ReadRecord {
  readonly record?: EvidenceRecord;
  readonly findings: readonly Finding[];
}

/**
 * Results of the checks that were run: the records that `toolbox verify` writes, one file for each check.
 *
 * Reading never throws: all errors in the files are in `findings`. A record with an error is
 * not among the records.
 */
export class Evidence implements IEvidenceSource {
  /**
   * Reads every `CHECK.yaml` of a folder, of 1 MiB at most each. A folder that is not there means: nothing was proven
   * yet.
   *
   * @param directory path of the folder
   */
  public static fromDirectory(directory: string): Evidence {
    expectFields('Evidence.fromDirectory', { directory }, { directory: aText });
    const report = new Report(projectPath(directory));
    const read = readFolder(directory, report).map((name) => {
      const file = reportOn(projectPath(path.join(directory, name)));
      return readRecord(file, readText(path.join(directory, name), file));
    });
    return new Evidence(report.file, [{ findings: report.findings }, ...read]);
  }

  /**
   * Reads the text of one record.
   *
   * @param text YAML
   * @param file the name that findings give it; its last part is that of the check, with `.yaml`
   */
  public static fromText(text: string, file: string): Evidence {
    expectFields('Evidence.fromText', { text, file }, { text: aText, file: aText });
    return new Evidence(path.posix.dirname(file), [readRecord(reportOn(file), text)]);
  }

  /** The folder, relative to the project's folder. */
  public readonly directory: string;
  private readonly read: readonly ReadRecord[];

  private constructor(directory: string, read: readonly ReadRecord[]) {
    this.directory = directory;
    this.read = read;
  }

  /** Every record that can be believed, sorted by check. */
  public get records(): EvidenceRecord[] {
    return this.read.flatMap(({ record }) => record ?? []);
  }

  /** Errors in the folder and its files, in their order; empty if there are none. */
  public get findings(): Finding[] {
    return this.read.flatMap(({ findings }) => findings);
  }
}

function reportOn(file: string): Report {
  const check = path.posix.basename(file, '.yaml');
  const again = ID.test(check)
    ? `"npx toolbox-constructs verify ${check}"`
    : '"npx toolbox-constructs verify" for the check';
  return new Report(file, `Revert the change, or remove the file and run ${again} again.`);
}

function readRecord(report: Report, text: string | undefined): ReadRecord {
  const tree = text === undefined ? undefined : parseYaml(text, report);
  const record = tree && readEvidence(tree, report);
  const name = path.posix.basename(report.file);
  if (record && name !== `${record.check}.yaml`) {
    const { line, column } = record.location;
    const message = `The record of the check ${quote(record.check)} is in a file called ${quote(name)}.`;
    report.add(
      'evidence-name',
      { line, column: column ?? 1 },
      message,
      `Rename it to ${record.check}.yaml, or remove it: a record counts for its own check only.`,
    );
  }
  return { record: report.isClean ? record : undefined, findings: report.findings };
}
