import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface HostileInput {
  readonly area: string;
  readonly name: string;
  readonly input: unknown;
  readonly expect: string;
}

const ALL = ['inputs.json', 'pages.json'].flatMap(file => JSON.parse(readFileSync(join(__dirname, file), 'utf8')) as readonly HostileInput[]);

/** Inputs that broke other generators, with what is expected of this one. */
export function hostileInputs(area: string): HostileInput[] {
  return ALL.filter(one => one.area === area);
}
