import { hasColor } from '../../src/cli/terminal';

const screen = { isTTY: true, hasColors: () => true } as const;
const pipe = { isTTY: false, hasColors: () => false } as unknown as typeof screen;

test.each([
  ['a terminal', screen, {}, true],
  ['a pipe', pipe, {}, false],
  ['a terminal with NO_COLOR', screen, { NO_COLOR: '1' }, false],
  ['a terminal with an empty NO_COLOR', screen, { NO_COLOR: '' }, true],
  ['a terminal without colors', { ...screen, hasColors: () => false }, {}, false],
  ['a pipe with FORCE_COLOR', pipe, { FORCE_COLOR: '1' }, true],
  ['a pipe with FORCE_COLOR and NO_COLOR', pipe, { FORCE_COLOR: '', NO_COLOR: '1' }, true],
  ['a terminal with FORCE_COLOR=0', screen, { FORCE_COLOR: '0' }, false],
])('%s', (_, stream, env, expected) => {
  expect(hasColor(stream as typeof screen, env)).toBe(expected);
});
