import { PortPlan } from './service-plan';

/** Returns the port by which the host reaches a port of a service. */
export function hostPortOf({ port, hostPort }: PortPlan): number {
  return hostPort ?? port;
}

/** Returns the address on which the host listens for a port that is not internal. */
export function hostAddress({ address, exposure }: PortPlan): string {
  return address ?? (exposure === 'published' ? '0.0.0.0' : '127.0.0.1');
}

/** Returns the pairs, `HOST:CONTAINER`, of the ports that kubectl can forward: it forwards no UDP. */
export function forwardedPorts(ports: readonly PortPlan[]): string[] {
  return ports.filter(({ protocol }) => protocol === 'tcp').map((port) => `${hostPortOf(port)}:${port.port}`);
}

/** Returns each port of a container once, whatever ports of the host lead to it. */
export function containerPorts(ports: readonly PortPlan[]): PortPlan[] {
  const all = new Map<string, PortPlan>();
  ports.forEach((port) => {
    const key = `${port.port}/${port.protocol}`;
    all.set(key, all.get(key) ?? port);
  });
  return [...all.values()];
}
