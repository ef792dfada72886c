import { aNetwork, aService, aToolbox, goodImage } from './support';
import { Severity, Testing, Waiver } from '../../src/core';
import { judge } from '../../src/rules';
import { waiverUnused } from '../../src/rules/waiver-unused';
import { aPlan } from '../plan/plan-builder';

describe('rule waiver-unused', () => {
  test('warns of a waiver that lets nothing through', () => {
    const box = aToolbox();
    const app = aService(box, 'app', { networks: [aNetwork(box, 'net')] });
    new Waiver(app, 'digest', { rule: 'image-digest', reason: 'It was not known once.' });
    expect(Testing.synth(box).findings).toMatchObject([
      {
        rule: 'waiver-unused',
        severity: 'warning',
        path: 'box/app/digest',
        message: 'The rule "image-digest" has no findings below box/app.',
      },
    ]);
  });

  test('warns of a waiver of another rule, of one that stands elsewhere, and of one for what was not waived', () => {
    const waiver = {
      path: 'box/app/w',
      rule: 'image-tag',
      scope: 'box/app',
      reason: 'It was not known once.',
      blocksApproval: false,
    };
    const said = (finding: object): number =>
      judge(aPlan({ waivers: [waiver] }), [waiverUnused], () => undefined, {
        findings: [
          {
            rule: 'image-tag',
            severity: Severity.ERROR,
            path: 'box/app/x',
            message: 'm',
            fix: 'n',
            waived: 'r',
            ...finding,
          },
        ],
        fidelity: [],
        files: [],
      }).length;
    expect([{}, { rule: 'image-digest' }, { path: 'box/app2' }, { waived: undefined }].map(said)).toEqual([0, 1, 1, 1]);
  });

  test('accepts a waiver that does', () => {
    const box = aToolbox();
    const app = aService(box, 'app', { networks: [aNetwork(box, 'net')], image: goodImage({ digest: undefined }) });
    new Waiver(app, 'digest', { rule: 'image-digest', reason: 'It is not known yet.' });
    expect(Testing.synth(box).findings.map(({ rule }) => rule)).toEqual(['image-digest']);
  });
});
