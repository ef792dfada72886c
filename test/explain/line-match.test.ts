import { LineMatch } from '../../src/explain/line-match';

function matched(from: string, to: string, index: number): string | undefined {
  const lines = to.split('\n');
  const found = new LineMatch(from.split('\n'), lines).of(index);
  return found === undefined ? undefined : `${found}: ${lines[found].trim()}`;
}

const OLD = 'services:\n  a:\n    image: one\n  b:\n    image: two';

describe('lines of two versions of a file', () => {
  test('match by their keys when lines were added above', () => {
    expect(matched(OLD, `# new\n${OLD.replace('  b:', '    command: x\n  b:')}`, 4)).toBe('6: image: two');
  });

  test('match by their keys when the value changed', () => {
    expect(matched(OLD, OLD.replace('two', 'three'), 4)).toBe('4: image: three');
  });

  test('do not match below other keys', () => {
    expect(matched(OLD, OLD.replace('  b:', '  c:'), 4)).toBeUndefined();
  });

  test('match by text, then by position, if several have the same keys', () => {
    expect(matched('list:\n  - x: 1\n    y: 2\n  - x: 1\n    y: 3', 'list:\n  - x: 1\n    y: 3', 4)).toBe('2: y: 3');
    expect(matched('list:\n  - x: 1\n    y: 2\n  - x: 1\n    y: 3', 'list:\n  - x: 1\n    y: 4', 4)).toBe('2: y: 4');
  });

  test('match in the object of the same kind and name', () => {
    const web = 'kind: Service\nmetadata:\n  name: web\nspec: x';
    const api = web.replace('web', 'api');
    expect(matched(`${web}\n---\n${api}`, `${api}\n---\n${web}`, 3)).toBe('8: spec: x');
  });

  test('match in files of Windows', () => {
    expect(matched(OLD.replace(/\n/g, '\r\n'), OLD, 4)).toBe('4: image: two');
  });
});

test('a hostile file costs time in proportion to its size', () => {
  const deep = Array.from({ length: 3_000 }, (_, depth) => `${' '.repeat(depth)}a:`);
  const many = Array.from({ length: 200_000 }, () => '---');
  const began = process.cpuUsage();
  new LineMatch(deep, many).of(0);
  new LineMatch(many, deep).of(many.length - 1);
  expect(process.cpuUsage(began).user / 1000).toBeLessThan(5_000);
});
