import { Interface } from './addresses';
import { Address, HttpAnswer } from './ask-host';
import { engineOf } from './engine';
import { Examination } from '../examination';

export const LOOPBACK = '127.0.0.1';

/** Answers of a host server. Undefined for addresses that were not queried. */
export interface HostServer {
  readonly loopback: HttpAnswer;
  /** Answer on the address of the bridge, by which containers on Linux reach the host. */
  readonly bridge?: HttpAnswer;
  /** Address of the server; undefined if it does not answer. */
  readonly address?: Address;
  /** Addresses that other machines can reach, on which it answers. */
  readonly exposed: readonly string[];
}

/** Interfaces of engines and virtual machines, which other machines cannot reach. */
const VIRTUAL = /^(?:docker|br-|veth|virbr|podman|cni|vmnet|bridge1\d\d|utun)/;

/** Queries a host server on all relevant addresses, once per examination. */
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

/** Returns the address on the bridge; undefined if containers reach the host in another way. */
export async function bridgeOf(examination: Examination): Promise<string | undefined> {
  const answer = await engineOf(examination);
  return answer.kind === 'ready' ? answer.engine.bridge : undefined;
}

function isOutside({ name }: Interface): boolean {
  return !VIRTUAL.test(name);
}
