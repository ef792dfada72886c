import { readFileSync } from 'node:fs';
import { ALL_SETTINGS } from '../../src/targets/container-settings';

/** Rows of the table of concepts. */
const ROWS = readFileSync('docs/concepts.md', 'utf8').split('\n').filter((line) => line.startsWith('| '));

test.each(ALL_SETTINGS)('the table of concepts has $name and $key', ({ name, key }) => {
  expect(ROWS.filter((row) => row.includes(`\`${name}\``) && row.includes(`\`${key}\``))).not.toEqual([]);
});

test('a fact of the fidelity report has one name', () => {
  const facts = ALL_SETTINGS.map(({ fact }) => fact);
  expect(facts.filter((fact, index) => facts.indexOf(fact) !== index)).toEqual([]);
});
