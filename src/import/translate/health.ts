import { Draft } from './draft';
import { milliseconds } from '../compare/quantities';
import { call, Expression, list, options, value } from '../expression';
import { Source } from '../source';

const TIMES: readonly (readonly [key: string, option: string])[] = [
  ['interval', 'interval'], ['timeout', 'timeout'], ['start_period', 'startPeriod'],
];
/** What an engine takes if the file says nothing. */
const ENGINE: Readonly<Record<string, number>> = { interval: 30, timeout: 30, start_period: 0 };

/** A health check, and the program in the image that it calls. */
export interface DraftHealth {
  readonly check: Expression;
  readonly tool: string;
}

/** `healthcheck` with a command; through a shell for `CMD-SHELL`. */
export function healthOf(service: Source, draft: Draft): DraftHealth | undefined {
  const source = service.get('healthcheck');
  const test = source?.get('test');
  const [kind, ...words] = test?.items.map(({ text }) => text ?? '') ?? [];
  const times = TIMES.map(([key, option]) => [option, timeOf(source?.get(key), ENGINE[key])] as const);
  if (source === undefined || source.get('disable') || (kind !== 'CMD' && kind !== 'CMD-SHELL') || words.length === 0
    || times.some(([, time]) => time === undefined)) {
    return undefined;
  }
  const retries = source.get('retries');
  test?.use('HealthCheck.command');
  retries?.use('retries');
  TIMES.forEach(([key]) => source.get(key)?.use('HealthCheck.command'));
  const command = kind === 'CMD' ? words : ['/bin/sh', '-c', words.join(' ')];
  return {
    tool: command[0],
    check: call('HealthCheck', 'command', list(command.map((word) => draft.text(word, service.place))), options({
      ...Object.fromEntries(times),
      retries: retries?.text === undefined ? undefined : value(Number(retries.text)),
    })),
  };
}

/** Undefined if the model cannot say it. */
function timeOf(source: Source | undefined, missing: number): Expression | undefined {
  const seconds = source?.text === undefined ? missing : Number(milliseconds(source.text)) / 1000;
  return Number.isInteger(seconds) ? call('Duration', 'seconds', value(seconds)) : undefined;
}
