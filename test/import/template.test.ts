import { parseTemplate, splitOutside } from '../../src/import/compose/template';
import { withDefaults } from '../../src/import/compose/with-defaults';

describe('a text with variables', () => {
  test.each([
    ['plain', ['plain']],
    ['$$HOME', ['$HOME']],
    ['a $B c', ['a ', { name: 'B' }, ' c']],
    ['${A}${B}', [{ name: 'A' }, { name: 'B' }]],
    ['${A:-x}', [{ name: 'A', operator: ':-', operand: 'x' }]],
    ['${A-}', [{ name: 'A', operator: '-', operand: '' }]],
    ['${A:?say it}', [{ name: 'A', operator: ':?', operand: 'say it' }]],
    ['${A:+${B:-c}}d', [{ name: 'A', operator: ':+', operand: '${B:-c}' }, 'd']],
    ['', []],
  ])('%s', (text, parts) => {
    expect(parseTemplate(text)).toEqual(parts);
  });

  test.each(['$', 'a $ b', '${', '${}', '${A', '${1}', '${A b}', '$-'])(
    '"%s" is refused as Compose refuses it',
    (text) => {
      expect(parseTemplate(text)).toBeUndefined();
    },
  );

  test('takes linear time when braces do not close', () => {
    const started = process.cpuUsage().user;
    parseTemplate('${A:-'.repeat(100_000));
    expect(process.cpuUsage().user - started).toBeLessThan(2_000_000);
  });

  test('has its defaults, also nested ones', () => {
    expect(withDefaults('x${A:-y${B-z}}${C}')).toBe('xyz');
  });

  test('is split outside of its variables only', () => {
    expect(splitOutside('${A:-1:2}:${B}:c', ':')).toEqual(['${A:-1:2}', '${B}', 'c']);
  });
});
