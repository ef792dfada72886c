import { Result } from './examination';
import { PinPlan } from '../plan/plan';

/** At most as long as any real one. */
const VERSION = /^v?(\d{1,9}(?:\.\d{1,9}){0,3})(?:-([0-9A-Za-z.-]{1,64}))?(?:\+[0-9A-Za-z.~-]{1,64})?$/;

export type Order = 'same' | 'older' | 'newer' | 'unlike';

/**
 * Compares a version with the expected one. Parts that are not given do not count: 28.4.1 is a 28.4. Neither does what
 * a distribution adds: everything after a plus, and a number after a dash.
 */
export function compareVersion(found: string, expected: string): Order {
  const [foundNumbers, foundEnding] = partsOf(found);
  const [expectedNumbers, expectedEnding] = partsOf(expected);
  if (foundNumbers === undefined || expectedNumbers === undefined) {
    return found === expected ? 'same' : 'unlike';
  }
  const parts = foundNumbers.split('.').map(Number);
  for (const [index, wanted] of expectedNumbers.split('.').map(Number).entries()) {
    const part = parts[index] ?? 0;
    if (part !== wanted) {
      return part > wanted ? 'newer' : 'older';
    }
  }
  if (foundEnding === expectedEnding) {
    return 'same';
  }
  // a prerelease comes before its release
  if (foundEnding === undefined) {
    return 'newer';
  }
  return expectedEnding === undefined ? 'older' : 'unlike';
}

function partsOf(version: string): (string | undefined)[] {
  const [, numbers, ending] = VERSION.exec(version) ?? [];
  return [numbers, ending !== undefined && /^\d+$/.test(ending) ? undefined : ending];
}

/**
 * Judges a program's version by its pin. Older is a failure; newer was not verified, and may well do.
 *
 * @param install how to get the pinned version, without a full stop.
 */
export function judgeVersion(
  subject: string,
  found: string,
  pin: PinPlan | undefined,
  install: (version: string) => string,
): Result {
  if (pin?.version === undefined) {
    return { subject, status: 'ok', found, expected: pin === undefined ? 'not pinned' : 'to be decided' };
  }
  const expected = pin.version;
  const place = pin.location === undefined ? 'the inventory' : `${pin.location.file}:${pin.location.line}`;
  const fix = `${install(expected)}; or, once it is verified with what you have, pin that in ${place}.`;
  switch (compareVersion(found, expected)) {
    case 'same':
      return { subject, status: 'ok', found, expected };
    case 'older':
      return { subject, status: 'failure', found: `${found}, which is older`, expected, fix };
    case 'newer':
      return { subject, status: 'warning', found: `${found}, which is newer than what was verified`, expected, fix };
    case 'unlike':
      return { subject, status: 'warning', found: `${found}, which cannot be compared`, expected, fix };
  }
}
