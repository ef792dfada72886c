import { Interface } from './addresses';
import { Address, HttpAnswer } from './ask-host';
import { engineOf } from './engine';
import { Examination } from '../examination';

export const LOOPBACK = '127.0.0.1';

/** Where a server of the host answers. Each answer is undefined when that address was not asked. */
export interface HostServer {
  readonly loopback: HttpAnswer;
  /** On Linux, containers reach the host by the address of the engine's bridge, and never its loopback. */
  readonly bridge?: HttpAnswer;
  /** Address to ask it at; undefined when it answers nowhere. */
  readonly address?: Address;
  /** Addresses at which other machines reach it; it answers there as well. */
  readonly exposed: readonly string[];
}

/** Networks of an engine or a virtual machine: not the way by which other machines come. */
const VIRTUAL = /^(?:docker|br-|veth|virbr|podman|cni|vmnet|bridge1\d\d|utun)/;

/** Asks a server of the host at all of this machine's addresses that matter, once per examination. */
export function hostServer(examination: Examination, port: number, path: string): Promise<HostServer> {
  return examination.once(`host:${port}${path}`, () => askEverywhere(examination, port, path));
}

async function askEverywhere(examination: Examination, port: number, path: string): Promise<HostServer> {
  const { ask, interfaces } = examination.props;
  const bridge = await bridgeOf(examination);
  const at = (host: string) => ask({ host, port }, path);
  const outside = interfaces.filter(isOutside).map(({ address }) => address);
  const [loopback, onBridge, ...rest] = await Promise.all([
    at(LOOPBACK),
    bridge === undefined ? undefined : at(bridge),
    ...outside.map(at),
  ]);
  const host = [[LOOPBACK, loopback] as const, [bridge, onBridge] as const].find(
    ([, answer]) => answer?.kind === 'json',
  )?.[0];
  return {
    loopback,
    bridge: onBridge,
    address: host === undefined ? undefined : { host, port },
    exposed: outside.filter((_, index) => rest[index]?.kind === 'json'),
  };
}

/** This machine's address on the engine's bridge; undefined when containers reach the host in another way. */
export async function bridgeOf(examination: Examination): Promise<string | undefined> {
  const answer = await engineOf(examination);
  return answer.kind === 'ready' ? answer.engine.bridge : undefined;
}

function isOutside({ name }: Interface): boolean {
  return !VIRTUAL.test(name);
}
