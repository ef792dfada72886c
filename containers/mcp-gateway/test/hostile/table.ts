import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

/** One hostile input of the table beside this file, and what must come of it. */
export interface HostileInput {
  readonly name: string;
  readonly input: Readonly<Record<string, unknown>> | string;
  readonly expect: string;
}

/** Runs the check of each input of an area; an input without a check fails, and so does a check without an input. */
export function hostile(area: string, checks: Readonly<Record<string, (input: never) => Promise<void> | void>>): void {
  const table = JSON.parse(readFileSync(new URL(`${area}.json`, import.meta.url), 'utf8')) as HostileInput[];
  describe(`hostile input, ${area}`, () => {
    test('every input has a check', () => {
      expect(Object.keys(checks).sort()).toEqual(table.map(({ name }) => name).sort());
    });
    test.each(table.filter(({ name }) => checks[name] !== undefined))('$name: $expect', async ({ name, input }) => {
      await checks[name]!(input as never);
    }, 120_000);
  });
}
