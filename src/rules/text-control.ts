import { Plan } from '../plan/plan';
import { textsOf } from './private/texts';
import { Rule } from './rule';

/** Control characters but for tab and line feed, U+FEFF, lone surrogates, and signs that turn the direction of text. */
const FORBIDDEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

export const textControl: Rule = {
  id: 'text-control',
  severity: 'error',
  title: 'No text holds characters that a reader cannot see or a file cannot carry',
  mend: 'Take the character away.',
  waivable: false,
  check: ({ plan }) => violations(plan),
};

function violations(plan: Plan): { path: string; message: string }[] {
  return textsOf(plan).flatMap(({ path, what, text }) => {
    const match = FORBIDDEN.exec(text);
    return match === null ? [] : [{ path, message: `The ${what} holds U+${match[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')} at position ${match.index + 1}.` }];
  });
}
