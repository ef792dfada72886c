import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The arguments that every construct has, and what the project type has from projen. */
const OF_OTHERS = /Initializer\.parameter\.(?:scope|id|props)"|toolbox-constructs\.ToolboxProject\./;

test('every member of the API says what it is', () => {
  const rows = readFileSync(join(__dirname, '..', 'API.md'), 'utf8')
    .split('\n')
    .filter((line) => line.endsWith('| *No description.* |'));
  expect(rows.filter((row) => !OF_OTHERS.test(row))).toEqual([]);
});
