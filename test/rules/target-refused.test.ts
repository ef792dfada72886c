import { aNetwork, aService, aToolbox } from './support';
import { Accelerator, Testing, Waiver } from '../../src/core';

describe('rule target-refused', () => {
  test('fails for what a target cannot express, and nothing is rendered', () => {
    const box = aToolbox();
    aService(box, 'app', { networks: [aNetwork(box, 'net')], accelerator: Accelerator.allNvidia() });
    const { files, findings } = Testing.synth(box);
    expect(findings.filter(({ rule }) => rule === 'target-refused')).toMatchObject([
      { path: 'box/app', message: expect.stringContaining('The target kubernetes refuses') },
    ]);
    expect(files).toEqual({});
  });

  test('leaves the fact out when it is waived', () => {
    const box = aToolbox();
    const app = aService(box, 'app', { networks: [aNetwork(box, 'net')], accelerator: Accelerator.allNvidia() });
    new Waiver(app, 'gpu', { rule: 'target-refused', reason: 'The cluster has no GPU at all.' });
    const { files, findings } = Testing.synth(box);
    expect(findings.filter(({ severity, waived }) => severity === 'error' && waived === undefined)).toEqual([]);
    expect(files['kubernetes/draft/services/app.yaml']).not.toContain('nvidia');
  });

  test('accepts what every target can express', () => {
    const box = aToolbox();
    aService(box, 'app', { networks: [aNetwork(box, 'net')], accelerator: Accelerator.nvidia(1) });
    expect(Testing.synth(box).findings).toEqual([]);
  });
});
