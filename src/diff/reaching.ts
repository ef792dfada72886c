import { Power } from './power';
import { Subject, THERE } from './subject';

/** What a way is limited to, in the words of its target. */
export interface Way extends Pick<Power, 'gives' | 'denies'> {
  readonly detail?: string;
  /** Why nothing goes that way yet, though one end allows it. */
  readonly half?: string;
}

/** A way to somewhere. */
export function sayReach(subject: Subject, to: string, { detail, half, ...power }: Way = {}): void {
  subject.say({
    kind: 'reaches',
    item: to,
    text: half ?? THERE,
    detail,
    power: { level: half === undefined ? 2 : 1, ...power },
  });
}

/** Where a port of a service can be reached from, from nowhere outside to everywhere. */
const EXPOSURES = ['inside', 'loopback', 'one address', 'every interface'] as const;

export type Exposure = typeof EXPOSURES[number];

export function sayPort(subject: Subject, port: string, exposure: Exposure, where?: string): void {
  const text = where === undefined ? exposure : `${exposure}, ${where}`;
  subject.say({ kind: 'port', item: port, text, power: { level: EXPOSURES.indexOf(exposure) } });
}
