import { Finding } from '../model/finding';
import { ILinterSuppressionSource, LinterSuppression } from '../model/linter-suppression';
import { parseYaml } from './private/parse-yaml';
import { projectPath } from './private/project-path';
import { readLinterSuppressions } from './private/read-linter-suppressions';
import { readText } from './private/read-text';
import { Report } from './private/report';
import { aText, expectFields } from '../model/fields';

/**
 * Findings of external linters that are accepted, read from an inventory file.
 *
 * Reading never throws: all errors in the file are in `findings`.
 */
export class LinterSuppressions implements ILinterSuppressionSource {
  /**
   * Reads an inventory file, of 1 MiB at most.
   *
   * @param file path of the YAML file
   */
  public static fromFile(file: string): LinterSuppressions {
    expectFields('LinterSuppressions.fromFile', { file }, { file: aText });
    const report = new Report(projectPath(file));
    return new LinterSuppressions(report, readText(file, report));
  }

  /**
   * Reads the text of an inventory.
   *
   * @param text YAML
   * @param file the name that findings give it
   */
  public static fromText(text: string, file: string): LinterSuppressions {
    expectFields('LinterSuppressions.fromText', { text, file }, { text: aText, file: aText });
    return new LinterSuppressions(new Report(file), text);
  }

  private readonly sorted: readonly LinterSuppression[];
  private readonly report: Report;

  private constructor(report: Report, text: string | undefined) {
    const tree = text === undefined ? undefined : parseYaml(text, report);
    this.sorted = (tree ? readLinterSuppressions(tree, report) : []).sort(compare);
    this.report = report;
  }

  /** Every entry that could be read, sorted by linter, check and place. */
  public get entries(): LinterSuppression[] {
    return [...this.sorted];
  }

  /** Errors in the file, in its order; empty if there are none. */
  public get findings(): Finding[] {
    return this.report.findings;
  }
}

function compare(a: LinterSuppression, b: LinterSuppression): number {
  const [one, other] = [a, b].map(({ linter, check, where }) => [linter, check, where]);
  const index = one.findIndex((text, at) => text !== other[at]);
  return index < 0 ? 0 : one[index] < other[index] ? -1 : 1;
}
