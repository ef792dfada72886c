import assert from 'node:assert/strict';
import { AddressInfo, createServer } from 'node:net';
import { networkInterfaces } from 'node:os';
import { FidelityEntry } from '../../../src/plan/fidelity';
import { Plan, ServicePlan } from '../../../src/plan/plan';
import { Checks } from '../harness/checks';
import { Garvis } from '../harness/garvis';
import { Internet } from '../harness/internet';
import { accepted, indices, probeCommand, Target } from '../harness/probe';
import { must, run } from '../harness/process';

/** A column of the table: something that a service may or may not reach, at one or several addresses. */
interface Column {
  readonly title: string;
  readonly targets: readonly Target[];
  /** Whether the plan says that it may. */
  readonly declared: (service: ServicePlan) => boolean;
  /** Whether the fidelity report says that an engine cannot keep it out. */
  readonly told: (service: ServicePlan) => boolean;
}

interface Inspected {
  readonly NetworkSettings: { readonly Networks: Readonly<Record<string, { readonly IPAddress: string; readonly Gateway: string }>> };
}

/** Every cell of the reachability table, tried from inside the containers. */
export async function isolation(checks: Checks, garvis: Garvis, plan: Plan, fidelity: readonly FidelityEntry[], hostPort: number): Promise<void> {
  const bystander = createServer((socket) => socket.end());
  await new Promise<void>((done) => bystander.listen(0, '0.0.0.0', done));
  const internet = await Internet.start();
  const closed = await closeOutside(garvis);
  try {
    const columns = [
      ...await serviceColumns(garvis, plan),
      ...await hostColumns(garvis, plan, fidelity, hostPort, (bystander.address() as AddressInfo).port),
      internetColumn(plan),
    ];
    const services = plan.services.filter(({ places }) => places.includes('workstation'));
    const rows = await Promise.all(services.map(async (service) => ({ service, open: await tried(garvis, service, columns) })));
    print(checks, columns, rows);
    for (const { service, open } of rows) {
      await checks.check(`${service.name} reaches what it may, and nothing else`, async () => {
        const wrong = columns.filter(({ title }) => title !== service.name).flatMap((column) => {
          const may = column.declared(service);
          const does = open.has(column);
          return may === does || (does && column.told(service)) ? [] : [`${column.title}: ${may ? 'may, and does not' : 'may not, and does'}`];
        });
        assert.deepEqual(wrong, []);
      });
    }
  } finally {
    bystander.close();
    await Promise.all(closed.map((subnet) => run('ip', ['route', 'del', 'unreachable', subnet])));
    await internet.stop();
  }
}

/**
 * What has no route of its own leaves the machine, and out there anything may answer: some surroundings accept every connection. So
 * addresses of inner networks, to which the host has no route, are made to lead nowhere while the table is measured.
 */
async function closeOutside(garvis: Garvis): Promise<string[]> {
  const subnets = (await networks(garvis, '{{range .IPAM.Config}}{{.Subnet}} {{end}}')).split(/\s+/).filter((subnet) => subnet !== '');
  const routes = (await must('ip', ['route'])).split('\n').map((line) => line.split(' ')[0]);
  const open = subnets.filter((subnet) => !routes.includes(subnet));
  await Promise.all(open.map((subnet) => must('ip', ['route', 'add', 'unreachable', subnet])));
  return open;
}

async function networks(garvis: Garvis, format: string): Promise<string> {
  const ids = (await must('docker', ['network', 'ls', '--quiet', '--filter', `label=com.docker.compose.project=${garvis.project}`])).split('\n');
  return must('docker', ['network', 'inspect', '--format', format, ...ids]);
}

async function serviceColumns(garvis: Garvis, plan: Plan): Promise<Column[]> {
  const listening = plan.services.filter(({ places, ports, lifecycle }) => places.includes('workstation') && ports.length > 0 && lifecycle === 'long-running');
  return Promise.all(listening.map(async ({ name, ports }) => {
    const [{ NetworkSettings: { Networks } }] = JSON.parse(await must('docker', ['inspect', await garvis.container(name)])) as [Inspected];
    const addresses = Object.values(Networks).map(({ IPAddress }) => IPAddress).filter((address) => address !== '');
    return {
      title: name,
      targets: ports.flatMap(({ port }) => addresses.map((address) => ({ address, port }))),
      declared: (service: ServicePlan) => plan.reaches.some(({ from, to, places }) => (
        from === service.name && to.kind === 'service' && to.name === name && places.includes('workstation'))),
      told: () => false,
    };
  }));
}

/** The host stands at the gateway of each network, and at its own addresses. */
async function hostColumns(garvis: Garvis, plan: Plan, fidelity: readonly FidelityEntry[], hostPort: number, otherPort: number): Promise<Column[]> {
  const gateways = (await networks(garvis, '{{range .IPAM.Config}}{{.Gateway}} {{end}}')).split(/\s+/);
  const own = Object.values(networkInterfaces()).flat().flatMap((one) => (one?.family === 'IPv4' && !one.internal ? [one.address] : []));
  const addresses = [...new Set([...gateways, ...own])].filter((address) => address !== '');
  const leaky = new Set(fidelity.filter(({ target, fact }) => target === 'compose' && fact.endsWith('egress')).map(({ path }) => path));
  const told = ({ attachments }: ServicePlan): boolean => attachments.some(({ network }) => (
    plan.networks.some(({ name, path }) => name === network && leaky.has(path))));
  const declared = (service: ServicePlan): boolean => plan.reaches.some(({ from, to }) => from === service.name && to.kind === 'host-service');
  return [
    { title: 'host-ollama', targets: addresses.map((address) => ({ address, port: hostPort })), declared, told },
    { title: 'host, any other port', targets: addresses.map((address) => ({ address, port: otherPort })), declared: () => false, told },
  ];
}

function internetColumn(plan: Plan): Column {
  return {
    title: 'internet',
    targets: [{ address: Internet.address, port: Internet.port }],
    declared: (service) => plan.reaches.some(({ from, to, places }) => from === service.name && to.kind === 'internet' && places.includes('workstation')),
    told: () => false,
  };
}

/** A one-shot is not there to be asked, so a container of its own is run in its place. */
async function tried(garvis: Garvis, service: ServicePlan, columns: readonly Column[]): Promise<Set<Column>> {
  const targets = columns.flatMap((column) => column.targets);
  const withNode = !service.image.facts.healthTools.includes('bash');
  const open = service.lifecycle === 'one-shot'
    ? await fromOneShot(garvis, service, targets)
    : await accepted(await garvis.container(service.name), targets, withNode);
  return new Set(columns.filter((column) => column.targets.some((target) => open.has(target))));
}

async function fromOneShot(garvis: Garvis, { name, optionalPart }: ServicePlan, targets: readonly Target[]): Promise<Set<Target>> {
  const [program = '', ...args] = probeCommand(targets, false);
  const profile = optionalPart === undefined ? [] : ['--profile', optionalPart];
  return indices(targets, await garvis.mustCompose([...profile, 'run', '--rm', '--no-TTY', '--no-deps', '--entrypoint', program, name, ...args]));
}

function print(checks: Checks, columns: readonly Column[], rows: readonly { readonly service: ServicePlan; readonly open: Set<Column> }[]): void {
  const wide = Math.max(...rows.map(({ service }) => service.name.length));
  checks.note('measured, and in brackets what the model says where it differs: "told" is in the fidelity report');
  checks.note(`${''.padEnd(wide)}  ${columns.map(({ title }) => title).join(' | ')}`);
  for (const { service, open } of rows) {
    const cells = columns.map((column) => {
      const does = open.has(column);
      const word = column.title === service.name ? 'itself' : does ? 'yes' : 'no';
      const differs = does !== column.declared(service) && column.title !== service.name;
      return `${word}${differs ? ` (${does && column.told(service) ? 'told' : 'WRONG'})` : ''}`.padEnd(column.title.length);
    });
    checks.note(`${service.name.padEnd(wide)}  ${cells.join(' | ')}`);
  }
}
