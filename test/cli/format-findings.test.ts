import { formatFindings } from '../../src/cli/format-findings';
import { Finding, Severity } from '../../src/model/finding';
import { hasErrors } from '../../src/model/rule-facts';

const ERROR: Finding = {
  rule: 'image-digest',
  severity: Severity.ERROR,
  path: 'garvis/ollama',
  location: { file: 'src/main.ts', line: 31 },
  message: 'The image has no digest.',
  fix: 'Look it up.',
};
const WARNING: Finding = { rule: 'service-health', severity: Severity.WARNING, message: 'No health check.', fix: '' };
const WAIVED: Finding = { ...ERROR, rule: 'image-tag', waived: 'nobody could look it up' };

test('no findings are no text', () => {
  expect(formatFindings([])).toBe('');
});

test('errors come first, then warnings, then the counts', () => {
  expect(formatFindings([WARNING, ERROR, WAIVED])).toBe([
    'error image-digest  garvis/ollama  src/main.ts:31',
    '  The image has no digest.',
    '  fix: Look it up.',
    '',
    'warning service-health',
    '  No health check.',
    '',
    '1 error, 1 warning, 1 waived',
    '',
  ].join('\n'));
});

test('waived findings are shown with their reasons when asked for', () => {
  expect(formatFindings([WAIVED], { waived: true })).toContain(
    'waived image-tag  garvis/ollama  src/main.ts:31\n  The image has no digest.\n  waived: nobody could look it up\n',
  );
});

test('colours are there only when asked for', () => {
  expect(formatFindings([ERROR], { color: true })).toMatch(/^\u001b\[31merror\u001b\[39m /);
  expect(formatFindings([ERROR])).not.toContain('\u001b');
});

test('control characters are shown as escapes, line feeds of a message are kept', () => {
  const text = formatFindings([{ ...ERROR, path: 'a\u001b[2Jb', message: 'one\ntwo\u0007' }]);
  expect(text).toContain('a\\x1b[2Jb');
  expect(text).toContain('  one\n  two\\x07\n');
});

test('a column is shown when it is known', () => {
  expect(formatFindings([{ ...ERROR, location: { file: 'inventories/versions.yaml', line: 3, column: 9 } }])).toContain(
    'inventories/versions.yaml:3:9',
  );
});

test('waived errors and warnings do not forbid to write', () => {
  expect([hasErrors([ERROR]), hasErrors([WAIVED, WARNING]), hasErrors([])]).toEqual([true, false, false]);
});
