import { existsSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { Stryker } from '@stryker-mutator/core';
import { AREAS } from './areas.mjs';
import { optionsOf } from './options.mjs';

/** `run.mjs [AREA…] [FILE.ts…]`: every area, or some; with files, only these are mutated. */
const words = process.argv.slice(2);
const files = words.filter((word) => word.endsWith('.ts'));
const areas = words.filter((word) => !word.endsWith('.ts'));
const unknown = areas.filter((area) => !Object.hasOwn(AREAS, area));
if (unknown.length > 0 || (files.length > 0 && areas.length !== 1)) {
  console.error(`Usage: run.mjs [AREA…], or run.mjs AREA FILE.ts…; areas are ${Object.keys(AREAS).join(', ')}.`);
  process.exit(2);
}

// Stryker ignores a file that was renamed, and mutates less in silence
const gone = Object.values(AREAS)
  .flatMap(({ mutate, tests }) => [...mutate, ...tests.map((test) => `test/${test}`)])
  .filter((path) => !path.includes('*') && !existsSync(path));
if (gone.length > 0) {
  console.error(`test/mutation/areas.mjs names files that do not exist: ${gone.join(', ')}`);
  process.exit(2);
}

// it runs for minutes in the background
setPriority(constants.priority.PRIORITY_LOW);
for (const area of areas.length === 0 ? Object.keys(AREAS) : areas) {
  console.log(`== ${area}`);
  // sets the exit code when too many survive
  await new Stryker(optionsOf(area, files)).runMutationTest();
}
