import { Examination, Examiner, Result } from './examination';
import { PortPlan, ServicePlan } from '../plan/plan';

/**
 * Whether the ports that services of a workstation take on the host are free, or taken by this very toolbox. A port for other
 * machines is tried on the loopback as well: trying must not open anything to them.
 */
export const ports: Examiner = {
  examine(examination) {
    const services = examination.plan.services.filter(({ places }) => places.includes('workstation'));
    return Promise.all(services.flatMap(hostPorts).map((port) => look(examination, port)));
  },
};

type HostPort = PortPlan & { readonly hostPort: number; readonly service: string };

function hostPorts({ name, ports: all }: ServicePlan): HostPort[] {
  return all.flatMap((port) => (port.hostPort === undefined ? [] : [{ ...port, hostPort: port.hostPort, service: name }]));
}

async function look(examination: Examination, port: HostPort): Promise<Result> {
  const subject = `127.0.0.1:${port.hostPort}/${port.protocol}`;
  const asked = `free for ${port.service}`;
  const refusal = await tryPort(port);
  if (refusal === undefined) return { subject, status: 'ok', found: 'free', asked };
  if (refusal !== 'EADDRINUSE') return { subject, status: 'not-checked', found: `this user may not try it: ${refusal}`, asked };
  if (examination.offline) return { subject, status: 'not-checked', found: 'taken; by whom only the engine can tell, and --offline leaves it out', asked };
  const own = await ownContainer(examination, port);
  if (own !== undefined) return { subject, status: 'ok', found: `taken by ${own}, of this toolbox`, asked };
  return { subject, status: 'wrong', found: 'taken by another program', asked, mend: `End that program, or give ${port.service} another host port in the model.` };
}

async function ownContainer({ plan, run }: Examination, { hostPort, protocol }: HostPort): Promise<string | undefined> {
  const filters = ['--filter', `label=com.docker.compose.project=${plan.name}`, '--filter', `publish=${hostPort}/${protocol}`];
  const answer = await run('docker', 'ps', ...filters, '--format', '{{.Names}}');
  return answer.kind === 'ended' && answer.code === 0 ? answer.out.split('\n').find((name) => name.trim() !== '')?.trim() : undefined;
}

/** The system's reason to refuse; undefined when it lets the port be taken. */
function tryPort({ hostPort, protocol }: HostPort): Promise<string | undefined> {
  return protocol === 'udp' ? tryUdp(hostPort) : tryTcp(hostPort);
}

/* eslint-disable @typescript-eslint/no-require-imports -- nobody pays for them whose toolbox takes no port */
function tryTcp(port: number): Promise<string | undefined> {
  const { createServer } = require('node:net') as typeof import('node:net');
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', ({ code }: NodeJS.ErrnoException) => resolve(code ?? 'unknown'));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(undefined)));
  });
}

function tryUdp(port: number): Promise<string | undefined> {
  const { createSocket } = require('node:dgram') as typeof import('node:dgram');
  return new Promise((resolve) => {
    const socket = createSocket('udp4');
    socket.once('error', ({ code }: NodeJS.ErrnoException) => resolve(code ?? 'unknown'));
    socket.bind({ port, address: '127.0.0.1', exclusive: true }, () => socket.close(() => resolve(undefined)));
  });
}
