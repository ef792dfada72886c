import { Result } from './examination';
import { PinPlan } from '../plan/plan';

/** Maximum length of a version. */
const VERSION = /^v?(\d{1,9}(?:\.\d{1,9}){0,3})(?:-([0-9A-Za-z.-]{1,64}))?(?:\+[0-9A-Za-z.~-]{1,64})?$/;

export type Order = 'same' | 'older' | 'newer' | 'unlike';

/**
 * Compares a version with the expected one. Missing parts are ignored: 28.4.1 matches 28.4. Suffixes of distributions
 * are ignored too: everything after a plus, and a number after a dash.
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
  // prereleases sort before their release
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
 * Compares the version of a program with its pin. Older is a failure, newer is a warning.
 *
 * @param install returns how to install a version, without a full stop
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
  const fix = `${install(expected)}; or verify with the installed version and pin it in ${place}.`;
  switch (compareVersion(found, expected)) {
    case 'same':
      return { subject, status: 'ok', found, expected };
    case 'older':
      return { subject, status: 'failure', found: `${found}, which is older`, expected, fix };
    case 'newer':
      return { subject, status: 'warning', found: `${found}, which is newer than verified`, expected, fix };
    case 'unlike':
      return { subject, status: 'warning', found: `${found}, which cannot be compared`, expected, fix };
  }
}
