import * as fs from 'node:fs';
import * as path from 'node:path';
import { rules } from '../../src/rules';

const ids = rules.map(({ id }) => id).sort();

describe('rules', () => {
  test('have ids of their own', () => {
    expect(ids).toEqual([...new Set(ids)]);
  });

  test('stand in a file each, with a test beside it', () => {
    const files = fs
      .readdirSync(path.join(__dirname, '../../src/rules'))
      .filter((name) => name.endsWith('.ts'))
      .map((name) => name.slice(0, -3));
    expect(
      files.filter((name) => !['all-rules', 'index', 'judge', 'registry', 'rule'].includes(name)).sort(),
    ).toEqual(ids);
    expect(ids.filter((id) => !fs.existsSync(path.join(__dirname, `${id}.test.ts`)))).toEqual([]);
  });

  test('say what must hold and how to fix it', () => {
    for (const { title, fix } of rules) {
      expect(title).toMatch(/^[A-Z].*[^.]$/);
      expect(fix).toMatch(/^[A-Z].*\.$/);
    }
  });
});
