import { groupBy, sortedBy } from './collections';
import { Place, Plan, ReachPlan, ServicePlan } from './plan';

/** A connection of one service. */
export interface ServiceReach extends ReachPlan {
  readonly from: string;
}

/** What is reached, on all of its ports. */
type Target = { readonly kind: 'service' | 'host-service'; readonly name: string } | { readonly kind: 'internet' };

/** Answers who reaches whom without listing every pair of a network. */
export class Reaches {
  private readonly services: ReadonlyMap<string, ServicePlan>;
  /** By what is reached, see {@link targetKey}. */
  private readonly byTarget: ReadonlyMap<string, readonly ReachPlan[]>;

  constructor(plan: Pick<Plan, 'services' | 'reaches'>) {
    this.services = new Map(plan.services.map((one) => [one.name, one]));
    this.byTarget = groupBy(plan.reaches, ({ to }) => targetKey(to));
  }

  /** Returns the entries by which a service reaches something, each with the places where it holds for this service. */
  public of(from: string, to: Target): ServiceReach[] {
    const service = this.services.get(from);
    return (this.byTarget.get(targetKey(to)) ?? []).flatMap((reach) => {
      const places = reach.from === from ? reach.places : service === undefined ? [] : placesOf(service, reach);
      return places.length === 0 ? [] : [{ ...reach, from, places }];
    });
  }
}

/** Lists every connection, by service. Their number grows with the square of the members of a network. */
export function everyReach({ services, reaches }: Pick<Plan, 'services' | 'reaches'>): ServiceReach[] {
  const ofServices = groupBy(reaches.filter(({ from }) => from !== undefined), ({ from }) => from!);
  const ofNetworks = groupBy(reaches.filter(({ from }) => from === undefined), ({ network }) => network);
  const byName = new Map(services.map((one) => [one.name, one]));
  return [...new Set([...byName.keys(), ...ofServices.keys()])].flatMap((from) => {
    const networks = new Set(byName.get(from)?.attachments.map(({ network }) => network));
    const asMember = [...networks].flatMap((network) => ofNetworks.get(network) ?? []).flatMap((reach) => {
      const places = placesOf(byName.get(from)!, reach);
      return places.length === 0 ? [] : [{ ...reach, from, places }];
    });
    const own = (ofServices.get(from) ?? []).map((reach) => ({ ...reach, from }));
    return sortedBy([...own, ...asMember], reachSortKey);
  });
}

/** Where an entry for the members of a network holds for one service. */
function placesOf({ name, places, attachments }: ServicePlan, { from, to, network, places: all }: ReachPlan): Place[] {
  const isMember = from === undefined && attachments.some((one) => one.network === network);
  const isItself = to.kind === 'service' && to.name === name;
  return isMember && !isItself ? all.filter((place) => places.includes(place)) : [];
}

/** Returns a text to sort by; the internet comes last. */
export function reachSortKey({ from, to, network, places }: ReachPlan): string {
  const target = to.kind === 'internet'
    ? '~internet'
    : `${to.name}\t${to.kind}\t${String(to.port).padStart(5, '0')}\t${to.protocol}`;
  return `${from ?? ''}\t${target}\t${network}\t${places.join()}`;
}

function targetKey(to: Target): string {
  return to.kind === 'internet' ? to.kind : `${to.kind}\t${to.name}`;
}
