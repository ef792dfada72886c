import { advice, aService, aToolbox, findings, goodImage, messages } from './support';
import { Waiver } from '../../src/core';
import { imageTag } from '../../src/rules/image-tag';
import { portRange } from '../../src/rules/port-range';
import { waiver } from '../../src/rules/waiver';

describe('rule waiver', () => {
  test('fails for a rule that does not exist, with the nearest id', () => {
    expect(
      messages(waiver, (box) => new Waiver(box, 'w', { rule: 'image-tags', reason: 'Because of this and that.' })),
    ).toEqual(['There is no rule "image-tags". Did you mean "image-tag"?']);
    expect(
      messages(waiver, (box) => new Waiver(box, 'w', { rule: 'something', reason: 'Because of this and that.' })),
    ).toEqual(['There is no rule "something".']);
  });

  test('fails for a rule that cannot be waived, and for no reason', () => {
    expect(
      advice(waiver, (box) => new Waiver(box, 'w', { rule: 'port-range', reason: 'Because of this and that.' })),
    ).toEqual([['The rule "port-range" cannot be waived: no target can render the result safely.', portRange.fix]]);
    for (const reason of ['', ' '.repeat(10), ' Too short ']) {
      expect(messages(waiver, (box) => new Waiver(box, 'w', { rule: 'image-tag', reason }))).toEqual([
        'The waiver has no reason.',
      ]);
    }
  });

  test.each([
    '2026-02-30',
    '2026-13-01',
    '2026-12',
    '31.12.2026',
    '2026-12-31T00:00:00Z',
    '+012026-12-31',
    'tomorrow',
    '',
  ])('fails for %j as its last day', (until) => {
    expect(
      advice(waiver, (box) => new Waiver(box, 'w', { rule: 'image-tag', reason: 'Because of this and that.', until })),
    ).toEqual([[`${JSON.stringify(until)} is not a valid date.`, 'Use the form 2026-12-31.']]);
  });

  test.each([undefined, '2026-12-31', '2024-02-29', '1999-01-01'])(
    'accepts a waivable rule with a reason, and %j as its last day',
    (until) => {
      expect(
        messages(waiver, (box) => new Waiver(box, 'w', { rule: 'image-tag', reason: 'Ten chars!', until })),
      ).toEqual([]);
    },
  );

  test('lets findings below it through, and no others', () => {
    const box = aToolbox();
    const app = aService(box, 'app', { image: goodImage({ tag: 'latest' }) });
    aService(box, 'app2', { image: goodImage({ tag: 'latest' }) });
    new Waiver(app, 'w', { rule: 'image-tag', reason: 'Because of this and that.' });
    expect(findings(box, imageTag).map(({ path, waived }) => [path, waived])).toEqual([
      ['box/app', 'Because of this and that.'],
      ['box/app2', undefined],
    ]);
  });
});
