import { escapedJson } from '../../src/util/printable';
import { aProject, removeFolders, toolbox } from '../cli/support';

afterAll(removeFolders);

test('JSON says the same, without what a terminal would obey or hide', () => {
  const value = { 'a\u009b31m': ['\u202ex', '\u007f', '\u2028', '\ufeff', '\u001b]0;x\u0007', '\u{1f600}é\n'] };
  const json = escapedJson(JSON.stringify(value, undefined, 2));
  expect(JSON.parse(json)).toEqual(value);
  // eslint-disable-next-line no-control-regex
  expect(json).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u202e\ufeff]/);
  expect(json).toContain('\u{1f600}é');
});

test('a plan is printed so', () => {
  const { out } = toolbox(aProject({ plan: { name: 'a\u009b31m\u202e' } }), 'plan');
  expect(out).toContain('"a\\u009b31m\\u202e"');
});
