import { createSocket } from 'node:dgram';
import { isIP } from 'node:net';
import { networkInterfaces } from 'node:os';

/** An IPv4 address of this machine and the interface that has it. */
export interface Interface {
  readonly name: string;
  readonly address: string;
}

/** Addresses of this machine other than the loopback, of interfaces that are in use. */
export function ipv4Interfaces(): Interface[] {
  return Object.entries(networkInterfaces()).flatMap(([name, addresses = []]) =>
    addresses.flatMap(({ address, family, internal }) => (family === 'IPv4' && !internal ? [{ name, address }] : [])),
  );
}

/** Whether an address belongs to this machine. The list of interfaces does not have a bridge without a container. */
export function isOwnAddress(address: string): Promise<boolean> {
  if (isIP(address) !== 4) {
    return Promise.resolve(false);
  }
  return new Promise((resolve) => {
    const socket = createSocket('udp4');
    socket.once('error', () => resolve(false));
    socket.bind({ port: 0, address, exclusive: true }, () => socket.close(() => resolve(true)));
  });
}
