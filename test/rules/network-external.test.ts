import { findings, messages } from './support';
import { Egress, Network, Toolbox, Waiver } from '../../src/core';
import { networkExternal } from '../../src/rules/network-external';

describe('rule network-external', () => {
  test('fails for networks that other containers are on, or may join', () => {
    expect(messages(networkExternal, (box) => {
      new Network(box, 'closed', { external: true, egress: Egress.NONE });
      new Network(box, 'joined', { attachable: true });
      new Network(box, 'own', { engineName: 'own' });
      expect(new Network(box, 'shared', { external: true }).egress).toBe(Egress.INTERNET);
    })).toEqual([
      'Other containers on the external network "closed" reach every port of its services, and Compose cannot close it.',
      'Any container of the engine can join the network "joined".',
      'Other containers on the external network "shared" reach every port of its services.',
    ]);
  });

  test('can be waived', () => {
    const toolbox = new Toolbox('box', { title: 'Box', description: 'A box.' });
    const network = new Network(toolbox, 'net', { external: true });
    new Waiver(network, 'shared', { rule: 'network-external', reason: 'The proxy is on it.' });
    expect(findings(toolbox, networkExternal)).toMatchObject([{ waived: 'The proxy is on it.' }]);
  });
});
