import { sizeExpression } from './container-options';
import { bytes } from '../compare/quantities';
import { call, Expression, object, value } from '../expression';
import { Source } from '../source';

const MEMORY: Make = (text) => sizeExpression(bytes(text));
const CPU: Make = (text) =>
  /^\d+(\.\d{1,3})?$/.test(text) && Number(text) > 0 ? call('Cpu', 'cores', value(Number(text))) : undefined;
const NUMBER: Make = (text) => (/^[1-9]\d{0,8}$/.test(text) ? value(Number(text)) : undefined);

type Make = (text: string) => Expression | undefined;

/** Where a compose file says an amount, the newer place first. */
const AMOUNTS: readonly (readonly [option: string, places: readonly string[], make: Make])[] = [
  ['cpu', ['deploy.resources.limits.cpus', 'cpus'], CPU],
  ['cpuRequest', ['deploy.resources.reservations.cpus'], CPU],
  ['memory', ['deploy.resources.limits.memory', 'mem_limit'], MEMORY],
  ['memoryRequest', ['deploy.resources.reservations.memory', 'mem_reservation'], MEMORY],
  ['memorySwap', ['memswap_limit'], MEMORY],
  ['pids', ['deploy.resources.limits.pids', 'pids_limit'], NUMBER],
];

/** Limits and reservations, exactly as the compose file has them. */
export function resourcesOf(service: Source): Expression | undefined {
  const made: Record<string, Expression> = {};
  for (const [option, places, make] of AMOUNTS) {
    for (const place of places) {
      const source = place.split('.').reduce<Source | undefined>((at, key) => at?.get(key), service);
      const expression = source?.text === undefined ? undefined : make(source.text);
      if (expression !== undefined) {
        source!.use('resources');
        made[option] ??= expression;
      }
    }
  }
  return Object.keys(made).length === 0 ? undefined : object({ ...made, exact: value(true) });
}
