import { createSocket } from 'node:dgram';
import { isIP } from 'node:net';
import { networkInterfaces } from 'node:os';

/** An IPv4 address of this machine with its interface. */
export interface Interface {
  readonly name: string;
  readonly address: string;
}

/** Returns the non-loopback addresses of active interfaces. */
export function ipv4Interfaces(): Interface[] {
  return Object.entries(networkInterfaces()).flatMap(([name, addresses = []]) =>
    addresses.flatMap(({ address, family, internal }) => (family === 'IPv4' && !internal ? [{ name, address }] : [])),
  );
}

/** Returns whether this machine can bind an address. Bridges without containers are not listed as interfaces. */
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
