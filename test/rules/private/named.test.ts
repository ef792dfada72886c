import { namedThings } from '../../../src/rules/private/named';
import { aPlan, aService } from '../../plan/plan-builder';

test('everything that has a name is called by its kind, and shares a space only with what it would hide', () => {
  const one = (name: string): { path: string; name: string } => ({ path: `box/${name}`, name });
  const plan = aPlan({
    services: [aService({ name: 'a' })],
    hostServices: [one('b')] as never,
    volumes: [one('c')] as never,
    networks: [one('d')] as never,
    profiles: [one('e')] as never,
    envFiles: [one('f')] as never,
    checks: [one('g')] as never,
  });
  expect(namedThings(plan).map(({ path, name, kind, space }) => `${path} ${name}: ${kind}, ${space}`)).toEqual([
    'box/a a: service, service',
    'box/b b: host service, service',
    'box/c c: volume, volume',
    'box/d d: network, network',
    'box/e e: profile, profile',
    'box/f f: env file, env file',
    'box/g g: check, check',
  ]);
});
