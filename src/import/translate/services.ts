import type { Draft } from './draft';
import { Networks } from './networks';
import { Source } from '../source';

/** Host and port in a text: `http://db:5432/path`, `user@db:5432`, `db:5432`. */
export const ADDRESS = /(?:^|\/\/|@)(?<host>[A-Za-z0-9][\w.-]*):(?<port>\d{1,5})(?=$|[/?,])/;

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
  public reachable(client: Source, host: string, withPort = false): string | undefined {
    const other = this.ordered.find(({ key }) => key === host);
    const answers = !withPort || this.calledPorts(host).length > 0 || (other?.get('ports')?.items.length ?? 0) > 0
      || (other?.get('expose')?.items.length ?? 0) > 0;
    return other !== undefined && answers && this.shareNetwork(client, other) && this.isBefore(host, client.key)
      ? this.constantOf(host)
      : undefined;
  }

  /** Ports at which other services look for one. */
  public calledPorts(key: string): number[] {
    return [...(this.called.get(key) ?? [])].filter((port) => port > 0).sort((a, b) => a - b);
  }

  private addressed(service: Source, all: ReadonlyMap<string, Source>): { host: string; port: number }[] {
    return (service.get('environment')?.entries ?? []).flatMap(([variable, { text = '' }]) => {
      const named = /HOST|SERVER|ADDR/i.test(variable) && all.has(text) ? [{ host: text, port: 0 }] : [];
      const found = [...text.matchAll(new RegExp(ADDRESS.source, 'g'))].map(({ groups }) =>
        ({ host: groups!.host, port: Number(groups!.port) }));
      return [...named, ...found].filter(({ host }) => {
        const other = all.get(host);
        return other !== undefined && other.key !== service.key && this.shareNetwork(service, other);
      });
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
