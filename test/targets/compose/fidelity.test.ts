import { renderCompose } from '../../../src/targets/compose';
import { aPlan, aService } from '../../plan/plan-builder';

function remedyOf(members: readonly string[]): string | undefined {
  const { fidelity } = renderCompose(aPlan({
    services: members.map((name) => aService({ name, attachments: [{ network: 'way-out', aliases: [] }] })),
    hostServices: [{ path: 'box/h', name: 'h', description: '', hostname: 'h', port: 1, relay: 'relay' }],
    networks: [{ path: 'box/way-out', name: 'way-out', description: '', egress: 'host', members: [...members] }],
  }));
  return fidelity.find(({ fact }) => fact === 'host egress')?.remedy;
}

describe('what Compose adapts', () => {
  test('asks for a relay to the host where there is none, and for nothing where only one is on the network', () => {
    expect(remedyOf(['other', 'relay'])).toContain('a relay for the one port');
    expect(remedyOf(['relay'])).toMatch(/^Nothing:/);
  });
});
