import { Finding, ServiceProps, Testing, Toolbox } from '../../src/core';
import { aService } from '../rules/support';

export interface Outcome {
  /** Rules with an error or a warning. */
  readonly rules: string[];
  readonly findings: Finding[];
  /** Every generated file, one after the other. */
  readonly output: string;
  readonly files: Readonly<Record<string, string>>;
}

/** What becomes of a toolbox with what is built here. */
export function outcome(build: (box: Toolbox) => void): Outcome {
  const box = new Toolbox('box', { title: 'Box', description: 'A box for tests' });
  build(box);
  const { findings, files } = Testing.synth(box);
  return {
    rules: [...new Set(findings.map(({ rule }) => rule))],
    findings,
    files,
    output: Object.values(files).join(''),
  };
}

/** What becomes of a toolbox with one service. */
export function serviceOutcome(props: Partial<ServiceProps>): Outcome {
  return outcome((box) => aService(box, 'app', props));
}
