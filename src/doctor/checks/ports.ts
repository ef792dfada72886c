import { PortPlan, ServicePlan } from '../../plan/plan';
import { lazy } from '../../util/lazy';
import { Examination, Examiner, Result } from '../examination';
import { workstationServices } from '../facts';
import { containersOf } from '../machine/containers';

const net = lazy(() => require('node:net') as typeof import('node:net'));
const dgram = lazy(() => require('node:dgram') as typeof import('node:dgram'));

/**
 * Checks that host ports are free or used by this toolbox. Ports for other machines are tried on the loopback too: the
 * check must not open anything to other machines.
 */
export const ports: Examiner = {
  examine: (examination) =>
    Promise.all(
      workstationServices(examination.props.plan)
        .flatMap(hostPorts)
        .map((port) => look(examination, port)),
    ),
};

type HostPort = PortPlan & { readonly hostPort: number; readonly service: string };

function hostPorts({ name, ports: all }: ServicePlan): HostPort[] {
  return all.flatMap((port) =>
    port.hostPort === undefined ? [] : [{ ...port, hostPort: port.hostPort, service: name }],
  );
}

async function look(examination: Examination, port: HostPort): Promise<Result> {
  const facts = { subject: `127.0.0.1:${port.hostPort}/${port.protocol}`, expected: `free for ${port.service}` };
  const refusal = await tryPort(port);
  if (refusal === undefined) {
    return { ...facts, status: 'ok', found: 'free' };
  }
  if (refusal !== 'EADDRINUSE') {
    return { ...facts, status: 'not-checked', found: `this user may not bind it: ${refusal}` };
  }
  const own = await containersOf(examination);
  if (own.kind === 'none') {
    return {
      ...facts,
      status: 'not-checked',
      found: `in use; whether by this toolbox is unknown: ${own.reason}`,
    };
  }
  const taker = own.containers.find(({ hostPorts: taken }) => taken.includes(`${port.hostPort}/${port.protocol}`));
  return taker === undefined
    ? {
      ...facts,
      status: 'failure',
      found: 'used by another program',
      fix: `Stop that program, or change the host port of ${port.service} in the model.`,
    }
    : { ...facts, status: 'ok', found: `used by ${taker.name} of this toolbox` };
}

/** Returns the error code of the system; undefined if the port is free. */
function tryPort({ hostPort, protocol }: HostPort): Promise<string | undefined> {
  return protocol === 'udp' ? tryUdp(hostPort) : tryTcp(hostPort);
}

function tryTcp(port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = net().createServer();
    server.once('error', ({ code }: NodeJS.ErrnoException) => resolve(code ?? 'unknown'));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(undefined)));
  });
}

function tryUdp(port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = dgram().createSocket('udp4');
    socket.once('error', ({ code }: NodeJS.ErrnoException) => resolve(code ?? 'unknown'));
    socket.bind({ port, address: '127.0.0.1', exclusive: true }, () => socket.close(() => resolve(undefined)));
  });
}
