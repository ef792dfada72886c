import { Network, Place, Port, Toolbox } from '../../src/core';
import { Plan } from '../../src/plan/plan';
import { everyReach, Reaches } from '../../src/plan/reaches';
import { resolve } from '../../src/plan/resolve';
import { synthesize } from '../../src/synth';
import { readKubernetes } from '../../src/targets/kubernetes/read/read-kubernetes';
import { parseYaml } from '../../src/targets/parse-text';
import { aService } from '../rules/support';

function flat(count: number): Toolbox {
  const toolbox = new Toolbox('flat', { title: 'Flat', description: 'One network.', source: 'main.ts' });
  const networks = [new Network(toolbox, 'all')];
  for (let index = 0; index < count; index++) {
    aService(toolbox, `s${index}`, { networks, ports: [Port.internal(8000 + index)] });
  }
  return toolbox;
}

describe('services on one network', () => {
  const sizeOf = (count: number): number => JSON.stringify(resolve(flat(count)).plan).length;

  test('make a plan that grows with their number', () => {
    expect(sizeOf(200) / sizeOf(50)).toBeLessThan(4.5);
  });

  test('make files that grow with their number, and policies that are read without listing every pair', () => {
    const filesOf = (count: number) => synthesize(flat(count)).files;
    const [many, few] = [filesOf(120), filesOf(30)];
    const bytes = (files: typeof many): number => files.reduce((sum, { content }) => sum + content.length, 0);
    expect(bytes(many) / bytes(few)).toBeLessThan(4.5);
    const manifests = many.filter(({ path }) => path.startsWith('kubernetes/'));
    const { services } = readKubernetes(manifests.flatMap(({ content }) => parseYaml(content)));
    const peers = services.flatMap(({ pod }) => [...pod!.outgoing!.peers, ...pod!.incoming!.peers]);
    expect(peers.length).toBeLessThan(3 * 120);
    expect(new Set(peers.map((one) => one.services)).size).toBeLessThan(5);
  });

  test('are listed on the status page by network, with every name once', () => {
    const status = synthesize(flat(60)).files.find(({ path }) => path === 'docs/STATUS.md')!.content;
    expect(status).toContain('| each of the 60 services on it | `s7` | `8007/tcp` | `all` | workstation and cluster |');
    expect(status).toContain('<summary>60 services on network all</summary>');
  });
});

describe('reaches', () => {
  const toolbox = new Toolbox('box', { title: 'Box', description: '', source: 'main.ts' });
  const networks = [new Network(toolbox, 'net')];
  const add = (name: string, places?: Place[], ports: Port[] = []) =>
    aService(toolbox, name, { networks, places, ports });
  add('both');
  add('cloud', [Place.CLUSTER], [Port.internal(80)]);
  add('desk', [Place.WORKSTATION]);
  add('web', undefined, [Port.internal(80)]);
  const plan: Plan = resolve(toolbox).plan;

  test('hold where both ends run, and never for a service itself', () => {
    expect(everyReach(plan).map(({ from, to, places }) =>
      `${from} ${to.kind === 'internet' ? '' : to.name} ${places.join()}`)).toEqual([
      'both cloud cluster', 'both web cluster,workstation', 'cloud web cluster', 'desk web workstation',
      'web cloud cluster',
    ]);
  });

  test('are found for one pair', () => {
    const reaches = new Reaches(plan);
    expect(reaches.of('desk', { kind: 'service', name: 'cloud' })).toEqual([]);
    expect(reaches.of('desk', { kind: 'service', name: 'web' })).toMatchObject([{ places: ['workstation'] }]);
    expect(reaches.of('nobody', { kind: 'service', name: 'web' })).toEqual([]);
  });
});
