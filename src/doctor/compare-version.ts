import { Result } from './examination';
import { PinPlan } from '../plan/plan';

/** At most as long as any real one. */
const VERSION = /^v?(\d{1,9}(?:\.\d{1,9}){0,3})(?:-([0-9A-Za-z.-]{1,64}))?(?:\+[0-9A-Za-z.~-]{1,64})?$/;

export type Order = 'same' | 'older' | 'newer' | 'unlike';

/**
 * A version that was found, against one that is asked for. Parts that are not asked for do not count: 28.4.1 is a 28.4. What a
 * distribution adds does not count either: all after a plus, and a number after a dash.
 */
export function compareVersion(found: string, asked: string): Order {
  const [foundNumbers, foundEnding] = partsOf(found);
  const [askedNumbers, askedEnding] = partsOf(asked);
  if (foundNumbers === undefined || askedNumbers === undefined) return found === asked ? 'same' : 'unlike';
  const parts = foundNumbers.split('.').map(Number);
  for (const [index, wanted] of askedNumbers.split('.').map(Number).entries()) {
    const part = parts[index] ?? 0;
    if (part !== wanted) return part > wanted ? 'newer' : 'older';
  }
  if (foundEnding === askedEnding) return 'same';
  // what is tried before a release comes before it
  if (foundEnding === undefined) return 'newer';
  return askedEnding === undefined ? 'older' : 'unlike';
}

function partsOf(version: string): (string | undefined)[] {
  const [, numbers, ending] = VERSION.exec(version) ?? [];
  return [numbers, ending !== undefined && /^\d+$/.test(ending) ? undefined : ending];
}

/**
 * A program's version, held against its pin. Older is wrong; newer is not what was verified, and may well do.
 *
 * @param install how one gets the asked version, without a full stop.
 */
export function judgeVersion(subject: string, found: string, pin: PinPlan | undefined, install: (version: string) => string): Result {
  if (pin?.version === undefined) {
    return { subject, status: 'ok', found, asked: pin === undefined ? 'not pinned' : 'to be decided' };
  }
  const asked = pin.version;
  const place = pin.location === undefined ? 'the inventory' : `${pin.location.file}:${pin.location.line}`;
  const mend = `${install(asked)}; or, once it is verified with what you have, pin that in ${place}.`;
  switch (compareVersion(found, asked)) {
    case 'same': return { subject, status: 'ok', found, asked };
    case 'older': return { subject, status: 'wrong', found: `${found}, which is older`, asked, mend };
    case 'newer': return { subject, status: 'warning', found: `${found}, which is newer than what was verified`, asked, mend };
    case 'unlike': return { subject, status: 'warning', found: `${found}, which cannot be compared`, asked, mend };
  }
}
