import { MergedService, MergedTarget, MergedViolation, Rule } from './rule';
import { ServicePlan } from '../plan/plan';
import { OutsideFact, ServiceFacts } from '../plan/target-facts';

/** Reports overrides that make the pages and the checks of the model wrong. */
export const overrideContradiction: Rule = {
  id: 'override-contradiction',
  severity: 'error',
  title: 'Overrides do not contradict what the model states',
  fix: 'Change the model instead, or waive the rule with a reason.',
  waivable: true,
  facets: ['override', 'mount', 'network', 'secret', 'health', 'resources'],
  check: () => [],
  checkMerged: ({ target, plan, facts }) =>
    plan === undefined ? [] : [
      ...mountProblems(plan, facts),
      ...target === 'compose' ? attachmentProblems(plan, facts) : [],
      ...secretProblems(plan, facts),
      ...lostProblems(plan, facts),
    ],
  checkMergedTarget: (target) => [...networkProblems(target), ...clusterProblems(target)],
};

function mountProblems({ mounts }: ServicePlan, { mounts: found }: ServiceFacts): MergedViolation[] {
  return mounts.flatMap((mount) => {
    const fact = found.find(({ path }) => path === mount.path);
    const path = JSON.stringify(mount.path);
    if (fact === undefined) { return [{ problem: `removes the mount ${path}` }]; }
    const isReadOnly = mount.kind === 'file' || (mount.kind === 'volume' && mount.readOnly);
    const other = mount.kind === 'volume' && fact.kind === 'volume' && fact.volume !== mount.volume;
    return [
      ...isReadOnly && !fact.readOnly ? [{ problem: `makes the mount ${path} writable` }] : [],
      ...other ? [{ problem: `mounts another volume at ${path}` }] : [],
    ];
  });
}

function attachmentProblems({ attachments }: ServicePlan, { attachments: found }: ServiceFacts): MergedViolation[] {
  const [declared, actual] = [attachments, found].map((list) => list.map(({ network }) => network));
  return [
    ...declared.filter((name) => !actual.includes(name)).map((name) => ({ problem: `leaves the network "${name}"` })),
    ...actual.filter((name) => !declared.includes(name)).map((name) => ({ problem: `joins the network "${name}"` })),
  ];
}

function secretProblems({ environment }: ServicePlan, { secrets, mounts }: ServiceFacts): MergedViolation[] {
  const declared = environment.filter(({ value }) => value.kind === 'secret').map(({ name }) => name);
  return [
    ...secrets.filter(({ name }) => !declared.includes(name)).map(({ name }) => (
      { problem: `hands over the secret ${JSON.stringify(name)}` })),
    ...mounts.flatMap((mount) => (mount.kind === 'secret'
      ? [{ problem: `hands over the secret ${JSON.stringify(mount.store)} at ${JSON.stringify(mount.path)}` }]
      : [])),
  ];
}

function lostProblems({ healthCheck, resources }: ServicePlan, facts: MergedService['facts']): MergedViolation[] {
  const isChecked = facts.healthCheck !== undefined && facts.healthCheck.probe.kind !== 'none';
  return [
    ...healthCheck !== undefined && !isChecked
      ? [{ problem: 'removes the health check' }]
      : [],
    ...resources.memoryMegabytes !== undefined && facts.limits.memoryBytes === undefined
      ? [{ problem: 'removes the memory limit' }]
      : [],
    ...resources.cpuMillis !== undefined && facts.limits.processors === undefined
      ? [{ problem: 'removes the CPU limit' }]
      : [],
  ];
}

function networkProblems({ plan, facts }: MergedTarget): MergedViolation[] {
  return facts.networks.filter(({ declared }) => declared).flatMap(({ name, leadsTo }) => {
    const network = plan.networks.find((one) => one.name === name);
    return leadsTo.length === 0 || (network !== undefined && network.egress !== 'none')
      ? []
      : [{ problem: `opens the network ${JSON.stringify(name)} to ${leadsTo.join(' and ')}` }];
  });
}

function clusterProblems({ target, facts: { cluster, services } }: MergedTarget): MergedViolation[] {
  // without a namespace the documents are a part
  if (target === 'compose' || cluster?.namespace === undefined) { return []; }
  const level = cluster.podSecurity.get('enforce');
  return [
    ...(level === undefined || level === 'restricted'
      ? []
      : [{ problem: `lowers Pod Security to ${JSON.stringify(level)}` }]),
    ...(['ingress', 'egress'] as const)
      .filter((one) => !cluster.denies.includes(one))
      .map((one) => ({ problem: `removes the policy that denies ${one} by default` })),
    ...services.flatMap(({ name, pod }) =>
      pod === undefined
        ? []
        : [
          ...connectionProblems(`incoming connections of "${name}"`, pod.incoming),
          ...connectionProblems(`outgoing connections of "${name}"`, pod.outgoing),
        ],
    ),
  ];
}

function connectionProblems(
  what: string,
  connections: NonNullable<ServiceFacts['pod']>['incoming'],
): MergedViolation[] {
  if (connections === undefined) { return [{ problem: `allows all ${what}` }]; }
  return [
    ...connections.peers.map(({ services, ports }) => (
      { problem: `allows ${what}: ${namesIn(services)}, ${ports.join(', ')}` })),
    ...connections.outside.map((outside) => ({ problem: `allows ${what}: ${outsideText(outside)}` })),
  ];
}

function outsideText({ name, except, ports }: OutsideFact): string {
  return [name, ...ports, ...except.length === 0 ? [] : [`except ${except.length} ranges`]].join(', ');
}

/** Many services share one set. */
const texts = new WeakMap<ReadonlySet<string>, string>();

function namesIn(services: ReadonlySet<string>): string {
  const text = texts.get(services) ?? [...services].sort().map((name) => JSON.stringify(name)).join(', ');
  texts.set(services, text);
  return text;
}
