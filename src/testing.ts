import { expectFields, instanceOf } from './model/fields';
import { Finding } from './model/finding';
import { Toolbox } from './model/toolbox';

/** What a model becomes, in memory. */
export interface TestingSynthesis {
  /**
   * Contents of the generated files by their path below the output folder; empty when a finding is an error that is not
   * waived.
   */
  readonly files: Record<string, string>;
  /** Everything that is wrong, waived or not. */
  readonly findings: Finding[];
}

/** For tests of models: nothing is written. */
export class Testing {
  /** Resolves, judges and renders a toolbox. */
  public static synth(toolbox: Toolbox): TestingSynthesis {
    expectFields('Testing.synth', { toolbox }, { toolbox: instanceOf('Toolbox') });
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const { synthesize } = require('./synth') as typeof import('./synth');
    const { files, findings } = synthesize(toolbox);
    return {
      files: Object.fromEntries(files.map(({ path, content }) => [path, content])),
      findings: [...findings],
    };
  }

  private constructor() {}
}
