import { aCheck, aRecord } from './status-builder';
import { CheckStatusPlan, Plan } from '../../../src/plan/plan';
import { aPlan, anImage, aService } from '../../plan/plan-builder';

/** Services of one network. */
const GROUP = 5;

/** A plan of as many services as asked for, a fifth as many networks, and as much of everything else. */
export function largePlan(size: number): Plan {
  const many = <T>(count: number, make: (index: number) => T): T[] =>
    Array.from({ length: count }, (_, index) => make(index));
  const group = (index: number): number => Math.floor(index / GROUP);
  const states: CheckStatusPlan[] = [
    { kind: 'verified', record: aRecord() },
    { kind: 'failed', record: aRecord({ outcome: 'failed', exitCode: 1 }) },
    {
      kind: 'stale',
      record: aRecord(),
      changes: many(100, (index) => ({ part: `service s${index}`, how: 'changed' })),
    },
    { kind: 'to-verify' },
  ];
  return aPlan({
    services: many(size, (index) =>
      aService({
        name: `s${index}`,
        profile: index % 2 === 0 ? undefined : `part-${group(index)}`,
        terminal: index % 10 === 0,
        image:
          index % 10 === 1
            ? anImage({ build: { context: '.', dockerfile: 'Dockerfile', args: [], baseComponents: [] } })
            : anImage(),
        ports: [{ name: 'p', port: 80, protocol: 'tcp', exposure: index % 20 === 0 ? 'loopback' : 'internal' }],
        attachments: [{ network: `n${group(index)}`, aliases: [] }],
      }),
    ),
    hostServices: many(group(size), (index) => ({
      path: `box/h${index}`,
      name: `h${index}`,
      description: 'A server',
      hostname: 'host.docker.internal',
      port: 1000,
    })),
    profiles: many(group(size), (index) => ({
      path: `box/part-${index}`,
      name: `part-${index}`,
      description: 'A part',
      services: [`s${index * GROUP}`],
    })),
    volumes: many(size, (index) => ({
      path: `box/v${index}`,
      name: `v${index}`,
      description: 'Data',
      source: { kind: 'host-directory', directory: `data/${index}` },
      megabytes: 1024,
      multiWriter: false,
      users: [{ service: `s${index}`, readOnly: false }],
    })),
    networks: many(group(size), (index) => ({
      path: `box/n${index}`,
      name: `n${index}`,
      description: 'A group',
      egress: 'none',
      members: [],
    })),
    reaches: many(size, (index) => ({
      from: `s${index}`,
      to: { kind: 'service', name: `s${index - (index % GROUP)}`, port: 80, protocol: 'tcp' },
      network: `n${group(index)}`,
      places: ['cluster', 'workstation'],
    })),
    pins: many(size, (index) => ({
      component: `c${index}`,
      title: `c${index}`,
      runsOn: ['container'],
      artifact: { kind: 'image', repository: 'example/web' },
      status: 'undecided',
      notes: '',
      usedBy: [`s${index}`],
    })),
    checks: many(size, (index) =>
      aCheck({ name: `k${index}`, covers: [`s${index}`], status: states[index % states.length] }),
    ),
    gate: {
      ...aPlan().gate,
      approval: {
        by: 'Ada',
        reason: 'Seen',
        at: '2026-11-22T19:00:00Z',
        fingerprint: 'sha256:0',
        changes: many(size, (index) => ({ part: `service s${index}`, how: 'changed' })),
        files: many(size, (index) => ({ path: `kubernetes/services/s${index}.yaml`, digest: 'sha256:0' })),
      },
      missing: many(size, (index) => ({ kind: 'check', name: `k${index}` })),
    },
    waivers: many(size, (index) => ({
      path: `box/s${index}/w`,
      rule: 'image-digest',
      scope: `box/s${index}`,
      reason: 'No registry',
      blocksApproval: false,
    })),
    linterSuppressions: many(size, (index) => ({
      linter: 'kube-linter',
      check: 'x',
      where: `Deployment/s${index}`,
      reason: 'Right',
    })),
  });
}
