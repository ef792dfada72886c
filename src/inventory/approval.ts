import { ApprovalRecord, IApprovalSource } from '../model/approval';
import { Finding } from '../model/finding';
import { parseYaml } from './private/parse-yaml';
import { projectPath } from './private/project-path';
import { readApproval } from './private/read-approval';
import { readText } from './private/read-text';
import { Report } from './private/report';
import { aText, expectFields } from '../model/fields';

const REDO = 'Revert the change, or remove the file and run "npx toolbox-constructs approve" again.';

/**
 * The approval of the architecture, read from the file that `toolbox approve` writes.
 *
 * Reading never throws: all errors in the file are in `findings`.
 */
export class Approval implements IApprovalSource {
  /**
   * Reads an approval, of 1 MiB at most. A file that is not there means: never approved.
   *
   * @param file path of the YAML file
   */
  public static fromFile(file: string): Approval {
    expectFields('Approval.fromFile', { file }, { file: aText });
    const report = new Report(projectPath(file), REDO);
    return new Approval(report, readText(file, report, { mayMiss: true }));
  }

  /**
   * Reads the text of an approval.
   *
   * @param text YAML
   * @param file the name that findings give it
   */
  public static fromText(text: string, file: string): Approval {
    expectFields('Approval.fromText', { text, file }, { text: aText, file: aText });
    return new Approval(new Report(file, REDO), text);
  }

  /** The approval; undefined when there is none that can be believed. */
  public readonly record?: ApprovalRecord;
  private readonly report: Report;

  private constructor(report: Report, text: string | undefined) {
    const tree = text === undefined ? undefined : parseYaml(text, report);
    this.record = tree && readApproval(tree, report);
    this.report = report;
  }

  /** The file, relative to the project's folder. */
  public get file(): string {
    return this.report.file;
  }

  /** Errors in the file, in its order; empty if there are none. */
  public get findings(): Finding[] {
    return this.report.findings;
  }
}
