import { aService, messages } from './support';
import { Toolbox, Waiver } from '../../src/core';
import { servicePrivileged } from '../../src/rules/service-privileged';
import { synthesize } from '../../src/synth';

describe('rule service-privileged', () => {
  test('fails for a privileged service and for a privileged hook', () => {
    expect(messages(servicePrivileged, (box) => aService(box, 'a', { privileged: true }))).toEqual([
      'It is privileged: it has all rights on the host.',
    ]);
    expect(
      messages(servicePrivileged, (box) => aService(box, 'a', { preStop: [{ command: ['x'], privileged: true }] })),
    ).toEqual(['Its hook "x" is privileged: it has all rights on the host.']);
  });

  test('accepts others', () => {
    expect(messages(servicePrivileged, (box) => aService(box, 'a', { privileged: false }))).toEqual([]);
  });

  test.each([true, false])('can be waived only if the waiver blocks the approval: %s', (blocksApproval) => {
    const toolbox = new Toolbox('box', { title: 'Box', description: 'A box.' });
    const web = aService(toolbox, 'web', { places: undefined, privileged: true });
    new Waiver(web, 'privileged', { rule: 'service-privileged', reason: 'It starts containers.', blocksApproval });
    const rules = synthesize(toolbox).findings.filter(({ waived }) => waived === undefined).map(({ rule }) => rule);
    expect(rules.includes('waiver')).toBe(!blocksApproval);
    expect(rules).not.toContain('service-privileged');
  });
});
