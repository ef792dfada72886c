import * as fc from 'fast-check';
import { hostileInputs } from '../hostile/emitters';
import { composeName, label, text, variable } from '../parity/arbitrary-parts';

/** How often something is drawn that a rule should refuse: one of so many; never for 0. */
export type Wildness = number;

export function mixed<T>(wildness: Wildness, good: fc.Arbitrary<T>, bad: fc.Arbitrary<T>): fc.Arbitrary<T> {
  return wildness === 0 ? good : fc.oneof({ weight: wildness, arbitrary: good }, { weight: 1, arbitrary: bad });
}

const inputsOf = (...areas: readonly string[]): string[] => areas.flatMap((area) => hostileInputs(area))
  .map(({ input }) => input).filter((input): input is string => typeof input === 'string' && input.length < 500);

const EVERY_AREA = inputsOf(
  'yaml-value',
  'yaml-key',
  'compose-interp',
  'env-file',
  'name',
  'image-ref',
  'path-out',
  'markdown',
  'mermaid',
);
const ODD = [
  '\u0000',
  '\u0007',
  '\u001b]0;x\u0007',
  '\u009b31m',
  '\u202e',
  '\u2066',
  '\ufeff',
  '\ud800',
  '\udfff',
  '\uffff',
  '\r',
  '\u2028',
  '\u0085',
  'a\nb',
  '',
  ' ',
  '/',
  '..',
  '__proto__',
  'constructor',
];

/** What broke others, whatever it was meant for. */
export const anything: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...EVERY_AREA),
  fc.constantFrom(...ODD),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.tuple(fc.constantFrom(...ODD), fc.constantFrom(...EVERY_AREA)).map(([odd, input]) => `${input}${odd}`),
);

// eslint-disable-next-line no-control-regex
const HIDDEN =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]/gu;

/** Text that may stand in quotes; no rule has anything against it. */
const quotable = fc
  .oneof(text, fc.constantFrom(...EVERY_AREA), fc.constantFrom('\r', 'a\rb', '\u2028x'))
  .map((one) => one.replace(HIDDEN, ''));

/** Text that may stand in lines as well. */
const plain = quotable.map((one) => one.replace(/[\r\u2028\u2029]/g, ''));

export const quoted = (wildness: Wildness): fc.Arbitrary<string> => mixed(wildness, quotable, anything);
export const sentence = (wildness: Wildness): fc.Arbitrary<string> => mixed(wildness, plain, anything);
export const name = (wildness: Wildness): fc.Arbitrary<string> => mixed(wildness, label, anything);
export const serviceName = (wildness: Wildness): fc.Arbitrary<string> => mixed(wildness, composeName, anything);
export const variableName = (wildness: Wildness): fc.Arbitrary<string> => mixed(wildness, variable, anything);
/** Of those, the first are good. */
export const among = (wildness: Wildness, ...good: readonly string[]): fc.Arbitrary<string> =>
  mixed(wildness, fc.constantFrom(...good), anything);
export const count = (wildness: Wildness, max: number): fc.Arbitrary<number> =>
  mixed(
    wildness,
    fc.integer({ min: 1, max }),
    fc.constantFrom(0, -1, 1.5, NaN, Infinity, -Infinity, 1e21, 1e-7, 2 ** 31, Number.MAX_SAFE_INTEGER, -0),
  );
