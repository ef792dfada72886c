import { Finding } from '../model/finding';
import { IPinSource, Pin } from '../model/pin';
import { parseYaml } from './private/parse-yaml';
import { projectPath } from './private/project-path';
import { readVersions } from './private/read-pins';
import { readText } from './private/read-text';
import { Report } from './private/report';
import { aText, expectFields } from '../model/fields';
import { nearest } from '../util/nearest';

/**
 * The versions people chose, read from an inventory file.
 *
 * Reading never throws: all errors in the file are in `findings`.
 */
export class PinInventory implements IPinSource {
  /**
   * Reads an inventory file, of 1 MiB at most.
   *
   * @param file path of the YAML file
   */
  public static fromFile(file: string): PinInventory {
    expectFields('PinInventory.fromFile', { file }, { file: aText });
    const report = new Report(projectPath(file));
    const text = readText(file, report);
    return new PinInventory(report, text);
  }

  /**
   * Reads the text of an inventory.
   *
   * @param text YAML
   * @param file the name that findings give it
   */
  public static fromText(text: string, file: string): PinInventory {
    expectFields('PinInventory.fromText', { text, file }, { text: aText, file: aText });
    return new PinInventory(new Report(file), text);
  }

  private readonly byId: ReadonlyMap<string, Pin>;
  private readonly report: Report;

  private constructor(report: Report, text: string | undefined) {
    const tree = text === undefined ? undefined : parseYaml(text, report);
    const pins = tree ? readVersions(tree, report) : [];
    pins.sort((a, b) => a.component < b.component ? -1 : 1);
    this.byId = new Map(pins.map((pin) => [pin.component, pin]));
    this.report = report;
  }

  /** Every pin that could be read, sorted by component. */
  public get pins(): Pin[] {
    return [...this.byId.values()];
  }

  /** Errors in the file, in its order; empty if there are none. */
  public get findings(): Finding[] {
    return this.report.findings;
  }

  /**
   * The pin of a component; undefined when there is none.
   *
   * @param id id of the component
   */
  public component(id: string): Pin | undefined {
    return this.byId.get(id);
  }

  /**
   * The known id most like a mistyped one; undefined when none is near.
   *
   * @param id what was asked for
   */
  public nearest(id: string): string | undefined {
    return nearest(id, [...this.byId.keys()]);
  }
}
