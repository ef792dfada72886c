import {
  Cpu,
  Egress,
  HealthCheck,
  Image,
  Network,
  Parameter,
  Service,
  ServiceProps,
  Size,
  Toolbox,
  User,
} from '../../src/core';
import { synthesize, Synthesis } from '../../src/synth';

export const DIGEST = `sha256:${'1f'.repeat(32)}`;

/** A toolbox to which tests add parameters and services. */
export class Stack {
  public readonly box = new Toolbox('box', { title: 'Box', description: 'A toolbox.' });
  private readonly network = new Network(this.box, 'net', { description: 'All.', egress: Egress.INTERNET });

  public parameter(name: string, value?: string, description = 'A value.'): Parameter {
    return new Parameter(this.box, name, { default: value, description });
  }

  public service(id: string, props: Partial<ServiceProps> = {}): Service {
    return new Service(this.box, id, {
      image: Image.fromRegistry('example/web', {
        tag: '1.2.3',
        digest: DIGEST,
        user: User.of(10001),
        healthTools: ['curl'],
      }),
      resources: { cpu: Cpu.cores(1), memory: Size.mebibytes(64) },
      networks: [this.network],
      healthCheck: HealthCheck.command(['curl']),
      ...props,
    });
  }

  public synth(): Synthesis {
    return synthesize(this.box);
  }

  public errors(): string[] {
    return errorsOf(this.synth());
  }
}

/** Findings that stop the synthesis. */
export function errorsOf({ findings }: Synthesis): string[] {
  return findings
    .filter(({ severity, waived }) => severity === 'error' && waived === undefined)
    .map(({ rule, path, message }) => `${rule} ${path}: ${message}`);
}

/** A generated file, by the end of its path. */
export function fileOf(synthesis: Synthesis, end: string): string {
  expect(errorsOf(synthesis)).toEqual([]);
  return synthesis.files.find(({ path }) => path.endsWith(end))!.content;
}
