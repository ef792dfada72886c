import { Quantity } from 'cdk8s-plus-28/lib/imports/k8s';

/** Units that an amount may have, from each to the next larger one. */
const SCALES = [
  { units: ['Mi', 'Gi', 'Ti', 'Pi', 'Ei'], factor: 1024 },
  { units: ['m', '', 'k', 'M', 'G'], factor: 1000 },
];

/**
 * Returns an amount in the form that the API server gives it: the largest unit without a fraction. Another form would
 * be a change on each apply.
 *
 * @param unit `Mi`, `m` or none
 */
export function quantity(amount: number, unit: 'Mi' | 'm' | ''): Quantity {
  const { units, factor } = SCALES.find((scale) => scale.units.includes(unit))!;
  let [at, rest] = [units.indexOf(unit), amount];
  while (rest !== 0 && rest % factor === 0 && at < units.length - 1) {
    rest /= factor;
    at++;
  }
  return Quantity.fromString(rest === 0 ? '0' : `${rest}${units[at]}`);
}
