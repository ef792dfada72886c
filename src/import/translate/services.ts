import type { Draft } from './draft';
import { Networks } from './networks';
import { Source } from '../source';

/** An address in a variable: `http://db:5432/path`. */
export const ADDRESS = /^(?:([a-z][a-z0-9+.-]*):\/\/)?([A-Za-z0-9][\w.-]*):(\d{1,5})(\/[^$]*)?$/;

/** The services of a compose file: their constants, their order, and which of them name the address of which. */
export class ServiceIndex {
  /** In an order in which each comes after those that it refers to. */
  public readonly ordered: readonly Source[];
  private readonly constants: ReadonlyMap<string, string>;
  private readonly called = new Map<string, Set<number>>();
  private readonly positions: ReadonlyMap<string, number>;

  constructor(services: readonly Source[], private readonly networks: Networks, draft: Draft) {
    this.constants = new Map(services.map(({ key }) => [key, draft.names.take(key, 'Service')]));
    this.constants.forEach((constant, key) => draft.constants.set(`services ${key}`, constant));
    const byKey = new Map(services.map((service) => [service.key, service]));
    this.ordered = sorted(services, (service) =>
      [...dependencies(service), ...this.addressed(service, byKey).map(({ host }) => host)].flatMap(
        (key) => byKey.get(key) ?? [],
      ),
    );
    this.positions = new Map(this.ordered.map(({ key }, index) => [key, index]));
    for (const service of services) {
      for (const { host, port } of this.addressed(service, byKey)) {
        this.called.set(host, (this.called.get(host) ?? new Set()).add(port));
      }
    }
  }

  public constantOf(key: string): string {
    return this.constants.get(key)!;
  }

  /** Whether a service is defined before another one. */
  public isBefore(key: string, other: string): boolean {
    return (this.positions.get(key) ?? Infinity) < this.positions.get(other)!;
  }

  /** The constant of the service that answers at a host name, if the client can refer to it. */
  public reachable(client: Source, host: string): string | undefined {
    const other = this.ordered.find(({ key }) => key === host);
    return other !== undefined && this.shareNetwork(client, other) && this.isBefore(host, client.key)
      ? this.constantOf(host)
      : undefined;
  }

  /** Ports at which other services look for one. */
  public calledPorts(key: string): number[] {
    return [...this.called.get(key) ?? []].sort((a, b) => a - b);
  }

  private addressed(service: Source, all: ReadonlyMap<string, Source>): { host: string; port: number }[] {
    return (service.get('environment')?.entries ?? []).flatMap(([, { text = '' }]) => {
      const [, , host, port] = ADDRESS.exec(text) ?? [];
      const other = host === undefined ? undefined : all.get(host);
      return other !== undefined && other.key !== service.key && this.shareNetwork(service, other)
        ? [{ host: other.key, port: Number(port) }]
        : [];
    });
  }

  private shareNetwork(a: Source, b: Source): boolean {
    const mine = this.networks.keysOf(a);
    return this.networks.keysOf(b).some((key) => mine.includes(key));
  }
}

function dependencies(service: Source): string[] {
  return service.get('depends_on')?.entries.map(([key]) => key) ?? [];
}

/** Depth first in the order of the file; what closes a cycle is left out. */
function sorted(services: readonly Source[], before: (service: Source) => readonly Source[]): Source[] {
  const done = new Set<string>();
  const result: Source[] = [];
  const visit = (service: Source): void => {
    if (!done.has(service.key)) {
      done.add(service.key);
      before(service).forEach(visit);
      result.push(service);
    }
  };
  services.forEach(visit);
  return result;
}
