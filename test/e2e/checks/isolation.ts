import assert from 'node:assert/strict';
import { AddressInfo, createServer } from 'node:net';
import { networkInterfaces } from 'node:os';
import { Plan, ServicePlan } from '../../../src/plan/plan';
import { everyReach } from '../../../src/plan/reaches';
import { FidelityEntry } from '../../../src/plan/target-output';
import { Checks } from '../harness/checks';
import { Garvis } from '../harness/garvis';
import { Internet } from '../harness/internet';
import { accepted, indices, probeCommand, Target } from '../harness/probe';
import { must, run } from '../harness/process';

/** A column of the table: something that a service may or may not reach, at one or more addresses. */
interface Column {
  readonly title: string;
  readonly targets: readonly Target[];
  /** Whether the plan allows it. */
  readonly declared: (service: ServicePlan) => boolean;
  /** Whether the fidelity report says that an engine cannot prevent it. */
  readonly reported: (service: ServicePlan) => boolean;
}

interface Inspected {
  readonly NetworkSettings: {
    readonly Networks: Readonly<Record<string, { readonly IPAddress: string; readonly Gateway: string }>>;
  };
}

/** Measures every cell of the reachability table from inside the containers. */
export async function isolation(
  checks: Checks,
  garvis: Garvis,
  plan: Plan,
  fidelity: readonly FidelityEntry[],
  hostPort: number,
): Promise<void> {
  const bystander = createServer((socket) => socket.end());
  await new Promise<void>((done) => bystander.listen(0, '0.0.0.0', done));
  const internet = await Internet.start();
  const closed = await closeOutside(garvis);
  try {
    const columns = [
      ...(await serviceColumns(garvis, plan)),
      ...(await hostColumns(garvis, plan, fidelity, hostPort, (bystander.address() as AddressInfo).port)),
      internetColumn(plan),
    ];
    const services = plan.services.filter(({ places }) => places.includes('workstation'));
    const rows = await Promise.all(
      services.map(async (service) => ({ service, open: await tried(garvis, service, columns) })),
    );
    print(checks, columns, rows);
    for (const { service, open } of rows) {
      await checks.check(
        `${service.name} reaches what it may and what the fidelity report admits, and nothing else`,
        async () => {
          assert.ok(
            columns.some((column) => expected(column, service)),
            'nothing is open to it, so a probe that never connects would pass',
          );
          const wrong = columns.filter((column) => open.has(column) !== expected(column, service));
          assert.deepEqual(
            wrong.map(({ title }) => title),
            [],
          );
        },
      );
    }
  } finally {
    bystander.close();
    await Promise.all(closed.map((subnet) => run('ip', ['route', 'del', 'unreachable', subnet])));
    await internet.stop();
  }
}

/** What a probe should find. A service reaches itself, which also shows that its probe works. */
function expected(column: Column, service: ServicePlan): boolean {
  return column.title === service.name || column.declared(service) || column.reported(service);
}

/**
 * Makes the subnets of internal networks unreachable from the host, which has no route to them. Otherwise their packets
 * leave the machine, and some networks out there accept every connection.
 */
async function closeOutside(garvis: Garvis): Promise<string[]> {
  const subnets = (await networks(garvis, '{{range .IPAM.Config}}{{.Subnet}} {{end}}'))
    .split(/\s+/)
    .filter((subnet) => subnet !== '');
  const routes = (await must('ip', ['route'])).split('\n').map((line) => line.split(' ')[0]);
  const open = subnets.filter((subnet) => !routes.includes(subnet));
  await Promise.all(open.map((subnet) => must('ip', ['route', 'add', 'unreachable', subnet])));
  return open;
}

async function networks(garvis: Garvis, format: string): Promise<string> {
  const ids = (
    await must('docker', ['network', 'ls', '--quiet', '--filter', `label=com.docker.compose.project=${garvis.project}`])
  ).split('\n');
  return must('docker', ['network', 'inspect', '--format', format, ...ids]);
}

async function serviceColumns(garvis: Garvis, plan: Plan): Promise<Column[]> {
  const listening = plan.services.filter(
    ({ places, ports, lifecycle }) =>
      places.includes('workstation') && ports.length > 0 && lifecycle === 'long-running',
  );
  return Promise.all(listening.map(async ({ name, ports }) => {
    const [
      {
        NetworkSettings: { Networks },
      },
    ] = JSON.parse(await must('docker', ['inspect', await garvis.container(name)])) as [Inspected];
    const addresses = Object.values(Networks).map(({ IPAddress }) => IPAddress).filter((address) => address !== '');
    return {
      title: name,
      targets: ports.flatMap(({ port }) => addresses.map((address) => ({ address, port }))),
      declared: (service: ServicePlan) => everyReach(plan).some(({ from, to, places }) => (
        from === service.name && to.kind === 'service' && to.name === name && places.includes('workstation'))),
      reported: () => false,
    };
  }));
}

/** The host is at the gateway of each network, and at its own addresses. */
async function hostColumns(
  garvis: Garvis,
  plan: Plan,
  fidelity: readonly FidelityEntry[],
  hostPort: number,
  otherPort: number,
): Promise<Column[]> {
  const gateways = (await networks(garvis, '{{range .IPAM.Config}}{{.Gateway}} {{end}}')).split(/\s+/);
  const own = Object.values(networkInterfaces())
    .flat()
    .flatMap((one) => (one?.family === 'IPv4' && !one.internal ? [one.address] : []));
  const addresses = [...new Set([...gateways, ...own])].filter((address) => address !== '');
  const leaky = new Set(
    fidelity.filter(({ target, fact }) => target === 'compose' && fact.endsWith('egress')).map(({ path }) => path),
  );
  const reported = ({ attachments }: ServicePlan): boolean =>
    attachments.some(({ network }) => plan.networks.some(({ name, path }) => name === network && leaky.has(path)));
  const declared = (service: ServicePlan): boolean =>
    everyReach(plan).some(({ from, to }) => from === service.name && to.kind === 'host-service');
  return [
    { title: 'host-ollama', targets: addresses.map((address) => ({ address, port: hostPort })), declared, reported },
    {
      title: 'host, any other port',
      targets: addresses.map((address) => ({ address, port: otherPort })),
      declared: () => false,
      reported,
    },
  ];
}

function internetColumn(plan: Plan): Column {
  return {
    title: 'internet',
    targets: [{ address: Internet.address, port: Internet.port }],
    declared: (service) =>
      everyReach(plan).some(
        ({ from, to, places }) => from === service.name && to.kind === 'internet' && places.includes('workstation'),
      ),
    reported: () => false,
  };
}

/** Probes from the service's container; a one-shot has none, so another one is run for it. */
async function tried(garvis: Garvis, service: ServicePlan, columns: readonly Column[]): Promise<Set<Column>> {
  const targets = columns.flatMap((column) => {
    assert.notEqual(column.targets.length, 0, `no address is known for ${column.title}`);
    return column.targets;
  });
  const withNode = !service.image.facts.healthTools.includes('bash');
  const open = service.lifecycle === 'one-shot'
    ? await fromOneShot(garvis, service, targets)
    : await accepted(await garvis.container(service.name), targets, withNode);
  return new Set(columns.filter((column) => column.targets.some((target) => open.has(target))));
}

async function fromOneShot(
  garvis: Garvis,
  { name, profile }: ServicePlan,
  targets: readonly Target[],
): Promise<Set<Target>> {
  const [program = '', ...args] = probeCommand(targets, false);
  const flags = profile === undefined ? [] : ['--profile', profile];
  return indices(
    targets,
    await garvis.mustCompose([
      ...flags,
      'run',
      '--rm',
      '--no-TTY',
      '--no-deps',
      '--entrypoint',
      program,
      name,
      ...args,
    ]),
  );
}

function print(
  checks: Checks,
  columns: readonly Column[],
  rows: readonly { readonly service: ServicePlan; readonly open: Set<Column> }[],
): void {
  const width = Math.max(...rows.map(({ service }) => service.name.length));
  checks.note(`${''.padEnd(width)}  ${columns.map(({ title }) => title).join(' | ')}`);
  for (const { service, open } of rows) {
    const cells = columns.map((column) => {
      const measured = open.has(column);
      const remark =
        measured !== expected(column, service)
          ? ' WRONG'
          : measured && !column.declared(service) && column.title !== service.name
            ? ' (reported)'
            : '';
      return `${measured ? 'yes' : 'no'}${remark}`.padEnd(column.title.length);
    });
    checks.note(`${service.name.padEnd(width)}  ${cells.join(' | ')}`);
  }
}
