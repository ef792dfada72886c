import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface HostileInput {
  readonly area: string;
  readonly name: string;
  readonly input: unknown;
  readonly expect: string;
}

/** Inputs that broke other generators, with what is expected of this one. */
export const HOSTILE_INPUTS = JSON.parse(
  readFileSync(join(__dirname, 'inputs.json'), 'utf8'),
) as readonly HostileInput[];

/** Those of one area. */
export function hostileInputs(area: string): HostileInput[] {
  return HOSTILE_INPUTS.filter((one) => one.area === area);
}
