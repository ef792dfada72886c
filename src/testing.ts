import { expectFields, instanceOf } from './model/fields';
import { Finding } from './model/finding';
import { Toolbox } from './model/toolbox';
import { lazy } from './util/lazy';

const synthesis = lazy(() => require('./synth') as typeof import('./synth'));

/** The result of an in-memory synthesis. */
export interface TestingSynthesis {
  /**
   * Contents of the generated files by path below the output folder. Empty if there is an error that is not waived.
   */
  readonly files: Record<string, string>;
  /** All findings, including waived ones. */
  readonly findings: Finding[];
}

/** Synthesizes models in tests, without writing files. */
export class Testing {
  /** Resolves, checks and renders a toolbox. */
  public static synth(toolbox: Toolbox): TestingSynthesis {
    expectFields('Testing.synth', { toolbox }, { toolbox: instanceOf('Toolbox') });
    const { files, findings } = synthesis().synthesize(toolbox);
    return {
      files: Object.fromEntries(files.map(({ path, content }) => [path, content])),
      findings: [...findings],
    };
  }

  private constructor() {}
}
