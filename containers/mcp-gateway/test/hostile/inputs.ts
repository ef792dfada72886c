import { readFileSync } from 'node:fs';

/** One hostile input and what must come of it. */
export interface HostileInput {
  readonly area: string;
  readonly name: string;
  readonly input: {
    readonly tool?: string;
    readonly arguments?: Record<string, unknown>;
    readonly command?: string;
    readonly args?: string[] | string;
    readonly setup?: string;
    readonly env?: Record<string, string>;
    readonly cwd?: string;
  };
  readonly expect: string;
}

/** The inputs of one area, kept as data beside this file. */
export function hostileInputs(area: string): readonly HostileInput[] {
  return JSON.parse(readFileSync(new URL(`${area}.json`, import.meta.url), 'utf8')) as HostileInput[];
}

/** Pairs each input with its check. An input without a check, or a check without an input, is an error. */
export function pairs<T>(
  inputs: readonly HostileInput[],
  checks: Readonly<Record<string, T>>,
): readonly (readonly [string, HostileInput, T])[] {
  const names = new Set(inputs.map(({ name }) => name));
  const idle = Object.keys(checks).filter((name) => !names.has(name));
  const unchecked = inputs.filter(({ name }) => !Object.hasOwn(checks, name)).map(({ name }) => name);
  if (idle.length + unchecked.length > 0) {
    throw new Error(`inputs without a check: ${unchecked.join(', ')}; checks without an input: ${idle.join(', ')}`);
  }
  return inputs.map((input) => [`${input.name}: ${input.expect}`, input, checks[input.name]] as const);
}
