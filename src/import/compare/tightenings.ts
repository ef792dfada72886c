import { UNSET } from './canonical';
import { Difference } from './differences';
import { MISSING } from '../compose/interpolate';

/** A difference that an import makes on purpose. */
interface Tightening {
  readonly path: RegExp;
  /** Whether it covers a difference at the path. */
  readonly covers?: (difference: Difference) => boolean;
  readonly reason: string;
}

const isAdded = ({ before }: Difference): boolean => before === undefined;

/** Every difference that passes. Whatever else differs keeps an import from succeeding. */
const TIGHTENINGS: readonly Tightening[] = [
  {
    path: /^services\n[^\n]+\nlogging\b/,
    covers: isAdded,
    reason: 'Logs are rotated: 3 files of 10 MiB.',
  },
  {
    path: /^services\n[^\n]+\nvolumes\n[^\n]+\ncreate_host_path$/,
    covers: ({ before, after }) => before === true && after === undefined,
    reason: 'A folder of the host must exist: a typing mistake would make an empty one that root owns.',
  },
  {
    path: /^services\n[^\n]+\nenvironment\n[^\n]+$/,
    covers: ({ before, after }) => before === UNSET && after === '=',
    reason: 'A variable that nobody sets is empty.',
  },
  {
    path: /^services\n/,
    covers: ({ before, after }) =>
      typeof before === 'string' &&
      typeof after === 'string' &&
      before.includes(MISSING) &&
      before.replaceAll(new RegExp(`${MISSING}\\w+`, 'g'), '') === after,
    reason: 'Compose starts without a variable that it asked for. Set it in .env.local.',
  },
  {
    path: /^services\n/,
    covers: ({ scenario, before, after }) =>
      scenario === 'defaults' && typeof before === 'string' && typeof after === 'string',
    reason: 'A default that names another variable is the default of that variable.',
  },
  {
    path: /^services\n[^\n]+\ncontainer_name$/,
    covers: ({ isShared }) => isShared === true,
    reason: 'Another service of the file has the same container name.',
  },
  {
    path: /^services\n[^\n]+\ncontainer_name$/,
    covers: ({ before }) => typeof before === 'string' && !/^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/.test(before),
    reason: 'Compose refuses the name in the source until a variable is set. Set it in .env.local.',
  },
  {
    path: /^(volumes|networks)\n[^\n]+$/,
    covers: ({ before, after }) => before === undefined && JSON.stringify(after) === '{}',
    reason: 'Every volume and network is declared.',
  },
  {
    path: /^services\n[^\n]+\npull_policy$/,
    covers: ({ before, after }) => before === undefined && after === 'never',
    reason: 'An image that is built here is never pulled: someone else could have published one of its name.',
  },
  {
    path: /^networks\n[^\n]+\ndriver_opts\ncom\.docker\.network\.bridge\.inhibit_ipv4$/,
    covers: isAdded,
    reason: 'Members of an internal network do not reach what listens on the host.',
  },
];

/** Returns why a difference passes; undefined if it does not. */
export function reasonFor(difference: Difference): string | undefined {
  const path = difference.path.join('\n');
  return TIGHTENINGS.find((one) => one.path.test(path) && (one.covers?.(difference) ?? true))?.reason;
}
