import { MountPlan, ServicePlan } from '../../../src/plan/plan';
import { volumeGroups } from '../../../src/targets/kubernetes/volume-groups';
import { aService } from '../../plan/plan-builder';

function on(name: string, gid: number | undefined, ...volumes: readonly string[]): ServicePlan {
  const mounts = volumes.map((text): MountPlan => {
    const [volume, mode] = text.split(':');
    return { kind: 'volume', path: `/${volume}`, volume, readOnly: mode === 'ro' };
  });
  return aService({ name, mounts, user: gid === undefined ? undefined : { uid: gid, gid } });
}

function groupsOf(...services: readonly ServicePlan[]): Record<string, number> {
  return Object.fromEntries([...volumeGroups(services)].map(([name, { gid }]) => [name, gid]));
}

test('all pods of a volume get the group of the first one that writes to it', () => {
  expect(groupsOf(on('reader', 3000, 'data:ro'), on('writer', 2000, 'data'), on('another', 4000, 'data')))
    .toEqual({ reader: 4000, writer: 4000, another: 4000 });
});

test('so do root, and an image whose user is unknown', () => {
  expect(groupsOf(on('agent', 1000, 'data'), on('root', 0, 'data'), on('unknown', undefined, 'data')))
    .toEqual({ agent: 1000, root: 1000, unknown: 1000 });
});

test('pods that share volumes through others have one group, and those that share none have their own', () => {
  expect(groupsOf(on('a', 1, 'one'), on('b', 2, 'one', 'two'), on('c', 3, 'two'), on('d', 4, 'three')))
    .toEqual({ a: 1, b: 1, c: 1, d: 4 });
});

test('there is no group where no one but root writes', () => {
  expect(groupsOf(on('root', 0, 'data'), on('reader', 1000, 'data:ro'), on('alone', 1000))).toEqual({});
});
