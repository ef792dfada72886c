import { aNetwork, aService, aToolbox, goodImage } from './support';
import { Testing, Waiver } from '../../src/core';

describe('rule waiver-unused', () => {
  test('warns of a waiver that lets nothing through', () => {
    const box = aToolbox();
    const app = aService(box, 'app', { networks: [aNetwork(box, 'net')] });
    new Waiver(app, 'digest', { rule: 'image-digest', reason: 'It was not known once.' });
    expect(Testing.synth(box).findings).toMatchObject([{ rule: 'waiver-unused', severity: 'warning', path: 'box/app/digest' }]);
  });

  test('accepts a waiver that does', () => {
    const box = aToolbox();
    const app = aService(box, 'app', { networks: [aNetwork(box, 'net')], image: goodImage({ digest: undefined }) });
    new Waiver(app, 'digest', { rule: 'image-digest', reason: 'It is not known yet.' });
    expect(Testing.synth(box).findings.map(({ rule }) => rule)).toEqual(['image-digest']);
  });
});
