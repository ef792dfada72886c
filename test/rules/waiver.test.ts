import { aService, aToolbox, findings, goodImage, messages } from './support';
import { Waiver } from '../../src/core';
import { imageTag } from '../../src/rules/image-tag';
import { portRange } from '../../src/rules/port-range';
import { waiverRule } from '../../src/rules/waiver';

const waiver = waiverRule([imageTag, portRange]);

describe('rule waiver', () => {
  test('fails for a rule that does not exist, with the nearest id', () => {
    expect(messages(waiver, (box) => new Waiver(box, 'w', { rule: 'image-tags', reason: 'Because of this and that.' }))).toEqual(['There is no rule "image-tags". Did you mean "image-tag"?']);
  });

  test('fails for a rule that cannot be waived, and for no reason', () => {
    expect(messages(waiver, (box) => new Waiver(box, 'w', { rule: 'port-range', reason: 'Because of this and that.' }))).toHaveLength(1);
    expect(messages(waiver, (box) => new Waiver(box, 'w', { rule: 'image-tag', reason: ' ' }))).toEqual(['The waiver gives no reason.']);
  });

  test('accepts a waivable rule with a reason', () => {
    expect(messages(waiver, (box) => new Waiver(box, 'w', { rule: 'image-tag', reason: 'Because of this and that.' }))).toEqual([]);
  });

  test('lets findings below it through, and no others', () => {
    const box = aToolbox();
    const app = aService(box, 'app', { image: goodImage({ tag: 'latest' }) });
    aService(box, 'app2', { image: goodImage({ tag: 'latest' }) });
    new Waiver(app, 'w', { rule: 'image-tag', reason: 'Because of this and that.' });
    expect(findings(box, imageTag).map(({ path, waived }) => [path, waived])).toEqual([['box/app', 'Because of this and that.'], ['box/app2', undefined]]);
  });
});
