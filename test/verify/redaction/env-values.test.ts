import { valuesOf } from '../../../src/verify/redaction/env-values';

function valuesNamed(name: string, text: string): string[] {
  return [...new Set(valuesOf(text).flatMap(([one, value]) => (one === name ? [value] : [])))].sort();
}

test('every reading of an env file gives its values', () => {
  const text =
    '# A=no\nA=plain value # comment\r\nexport B = "quoted \\"x\\" \\n y"\nC=\'single # kept\'\nD: yaml\nE="over\nlines"\nF=\n';
  expect(valuesOf(text)).toEqual(
    expect.arrayContaining([
      ['A', 'plain value'],
      ['A', 'plain value # comment'],
      ['B', 'quoted \\"x\\" \\n y'],
      ['B', 'quoted "x" \n y'],
      ['C', 'single # kept'],
      ['D', 'yaml'],
      ['E', 'over\nlines'],
    ]),
  );
  expect(valuesOf(text).filter(([name]) => name === 'F')).toEqual([]);
});

test.each<[string, string, string[]]>([
  ['blanks around it', 'A=  x y \t', ['x y']],
  ['comments', 'A=x #1 #2', ['x', 'x #1 #2']],
  ['comments behind several blanks', 'A=x  \t# c', ['x', 'x  \t# c']],
  ['a number sign within', 'A=x#y', ['x#y']],
  ['quotes', 'A="x"', ['"x"', 'x']],
  ['single quotes', "A='x y'", ["'x y'", 'x y']],
  ['quotes that are not its own', 'A=x"y"', ['x"y"']],
  ['a quote at one end', 'A="x', ['"x']],
  ['different quotes', 'A="x\'', ['"x\'']],
  ['quotes and a comment', 'A="x" # c', ['"x"', '"x" # c', 'x']],
  ['escapes', 'A="\\r\\t\\q\\\\"', ['"\\r\\t\\q\\\\"', '\r\tq\\', '\\r\\t\\q\\\\']],
  ['line ends of an old Mac', 'B=1\rA=x\rC=2', ['x']],
  ['a byte order mark before its name', '\ufeffA=x', ['x']],
  ['a byte order mark of its own', 'A=x\ufeffy', ['x\ufeffy']],
])('a value is read with %s', (_, text, values) => {
  expect(valuesNamed('A', text)).toEqual([...values].sort());
});
