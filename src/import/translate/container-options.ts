import { Draft } from './draft';
import { bytes } from '../compare/quantities';
import { call, Expression, list, object, value } from '../expression';
import { Outcome } from '../ledger';
import { Source } from '../source';

/** Makes the value of an option; undefined if the model cannot say it. */
type Make = (source: Source) => Expression | undefined;

/** Keys of a compose file that the model has under the same names. */
const OPTIONS: readonly (readonly [key: string, option: string, make: Make])[] = [
  ['container_name', 'containerName', textOf],
  ['hostname', 'hostname', textOf],
  ['domainname', 'domainname', textOf],
  ['platform', 'platform', textOf],
  ['pull_policy', 'pullPolicy', textOf],
  ['privileged', 'privileged', flagOf],
  ['cap_add', 'capabilities', capabilitiesOf],
  ['cap_drop', 'capDrop', capabilitiesOf],
  ['security_opt', 'securityOpt', textsOf],
  ['group_add', 'groupAdd', textsOf],
  ['devices', 'devices', textsOf],
  ['runtime', 'runtime', textOf],
  ['ipc', 'ipc', textOf],
  ['pid', 'pid', textOf],
  ['uts', 'uts', textOf],
  ['cgroup', 'cgroup', textOf],
  ['userns_mode', 'usernsMode', textOf],
  ['shm_size', 'shmSize', sizeOf],
  ['sysctls', 'sysctls', recordOf],
  ['ulimits', 'ulimits', ulimitsOf],
  ['dns', 'dns', textsOf],
  ['dns_search', 'dnsSearch', textsOf],
  ['dns_opt', 'dnsOpt', textsOf],
  ['mac_address', 'macAddress', textOf],
  ['cpuset', 'cpuset', textOf],
  ['cpu_shares', 'cpuShares', numberOf],
  ['oom_score_adj', 'oomScoreAdj', numberOf],
  ['stdin_open', 'stdinOpen', flagOf],
  ['tty', 'tty', flagOf],
  ['attach', 'attach', flagOf],
  ['use_api_socket', 'useApiSocket', flagOf],
  ['stop_signal', 'stopSignal', textOf],
  ['labels', 'labels', recordOf],
  ['annotations', 'annotations', recordOf],
];

/** Settings that the model has as the compose file has them. Those with variables are left to Compose. */
export function containerOptions(
  service: Source,
  known: ReadonlySet<string>,
  draft: Draft,
): Record<string, Expression> {
  const made: Record<string, Expression> = {};
  for (const [key, option, make] of OPTIONS) {
    const source = service.get(key);
    const isTaken = key === 'container_name' && source !== undefined && !draft.isFirst(`container ${source.text}`);
    if (isTaken) {
      source?.use('nothing: another service has the name', Outcome.DECISION, 'Give the containers different names.');
    }
    const expression = source === undefined || !known.has(option) || isTaken ? undefined : make(source);
    if (expression !== undefined) {
      source!.use(option);
      made[option] = expression;
    }
  }
  return made;
}

function textOf({ text }: Source): Expression | undefined {
  return text === undefined || text === '' || text.includes('$') ? undefined : value(text);
}

function flagOf({ text }: Source): Expression | undefined {
  return text === 'true' || text === 'false' ? value(text === 'true') : undefined;
}

function numberOf({ text }: Source): Expression | undefined {
  return text !== undefined && /^-?\d{1,9}$/.test(text) ? value(Number(text)) : undefined;
}

function textsOf({ items }: Source): Expression | undefined {
  const made = items.map(textOf);
  return made.length > 0 && made.every((one) => one !== undefined) ? list(made) : undefined;
}

function capabilitiesOf({ items }: Source): Expression | undefined {
  const names = items.flatMap(({ text }) => text?.toUpperCase().replace(/^CAP_/, '') ?? []);
  return names.length === items.length && names.every((one) => /^[A-Z_]+$/.test(one))
    ? list(names.map(value))
    : undefined;
}

function recordOf({ entries }: Source): Expression | undefined {
  const made = entries.map(([key, one]) => [key, one.node.kind === 'scalar' ? textOf(one) ?? null : null] as const);
  return made.length > 0 && made.every(([, one]) => one !== null)
    ? object(Object.fromEntries(made as [string, Expression][]))
    : undefined;
}

function ulimitsOf({ entries }: Source): Expression | undefined {
  const made = entries.map(([key, one]) => {
    const soft = one.node.kind === 'scalar' ? numberOf(one) : one.get('soft') && numberOf(one.get('soft')!);
    const hard = one.node.kind === 'scalar' ? soft : one.get('hard') && numberOf(one.get('hard')!);
    return [key, soft && hard && object({ soft, hard })] as const;
  });
  return made.length > 0 && made.every(([, one]) => one !== undefined) ? object(Object.fromEntries(made)) : undefined;
}

function sizeOf({ text }: Source): Expression | undefined {
  return sizeExpression(bytes(text));
}

/** A size in the largest unit that has no fraction. */
export function sizeExpression(amount: unknown): Expression | undefined {
  if (typeof amount !== 'number' || amount <= 0) {
    return undefined;
  }
  const units = [['gibibytes', 1024 ** 3], ['mebibytes', 1024 ** 2], ['kibibytes', 1024]] as const;
  const unit = units.find(([, size]) => amount % size === 0);
  return unit && call('Size', unit[0], value(amount / unit[1]));
}
