import { join } from 'node:path';
import { explainAppError } from '../../src/app/app-error';
import { splitWords } from '../../src/app/split-words';
import { ROOT } from '../cli/support';

const HERE = join(ROOT, 'test', 'app', 'app-error.test.ts');

function said(...frames: readonly string[]): string {
  return `${HERE}:5\n    throw x;\n    ^\n\nError: no such service\n    at ${frames.join('\n    at ')}\n\nNode.js v20.0.0\n`;
}

test("the place is the first frame in the user's code: neither Node's nor a dependency's nor this library's", () => {
  const explained = explainAppError(
    said(
      `Object.x (${ROOT}/node_modules/constructs/lib/index.js:1:1)`,
      `new Service (${ROOT}/src/model/service.ts:10:5)`,
      'node:internal/main:1:2',
      `build (${HERE}:7:3)`,
      `Object.<anonymous> (${ROOT}/src/main.ts:9:9)`,
    ),
    ROOT,
  );
  expect(explained).toEqual({
    message: 'Error: no such service',
    location: { file: 'test/app/app-error.test.ts', line: 7, column: 3 },
  });
});

test('the model that lies beside this library is the user\'s code', () => {
  const { location } = explainAppError(
    said(`f (${ROOT}/src/synth.ts:1:1)`, `Object.<anonymous> (${ROOT}/src/main.ts:9:9)`),
    ROOT,
  );
  expect(location).toEqual({ file: 'src/main.ts', line: 9, column: 9 });
});

test('a compiler\'s message gives its place', () => {
  const text = 'src/main.ts:3:14 error TS1005: \';\' expected.\n';
  expect(explainAppError(text, ROOT)).toEqual({
    message: text.trim(),
    location: { file: 'src/main.ts', line: 3, column: 14 },
  });
});

test('an app that said much is quoted in short', () => {
  expect(explainAppError('line\n'.repeat(500), ROOT).message.split('\n')).toHaveLength(12);
  expect(explainAppError('', ROOT).message).toBe('It printed nothing.');
});

test.each([
  ['node -r ./bin/register.js src/main.ts', ['node', '-r', './bin/register.js', 'src/main.ts']],
  ['  a   b  ', ['a', 'b']],
  ['"a b" \'c "d"\' e\\ f', ['a b', 'c "d"', 'e f']],
  ['a"b c"d', ['ab cd']],
  ['"a\\"b\\\\c\\d"', ['a"b\\c\\d']],
  ['""', ['']],
  ['a $HOME *', ['a', '$HOME', '*']],
])('%j is split into words', (command, words) => {
  expect(splitWords(command)).toEqual(words);
});

test.each(['a "b', 'a \'b', 'a \\', 'a | b', 'a > b', 'a 2>x', 'a ; b'])('fails to split %j', (command) => {
  expect(typeof splitWords(command)).toBe('string');
});
