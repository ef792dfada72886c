import { Plan } from '../plan/plan';
import { textsOf } from './private/texts';
import { Rule } from './rule';

/** Control characters but for tab, line feed and carriage return, U+FEFF, what is no character, lone surrogates, and signs that turn the direction of text. */
const NOWHERE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
/** What parts lines in some reader and not in another. */
const ONLY_ESCAPED = /[\r\u2028\u2029]/;
const IN_LINES = new RegExp(`${ONLY_ESCAPED.source}|${NOWHERE.source}`);

export const textControl: Rule = {
  id: 'text-control',
  severity: 'error',
  title: 'No text holds characters that a reader cannot see or a file cannot carry',
  mend: 'Take the character away.',
  waivable: false,
  check: ({ plan }) => violations(plan),
};

function violations(plan: Plan): { path: string; message: string }[] {
  return textsOf(plan).flatMap(({ path, what, text, quoted }) => {
    const match = (quoted ? NOWHERE : IN_LINES).exec(text);
    return match === null ? [] : [{ path, message: `The ${what} holds U+${match[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')} at position ${match.index + 1}.` }];
  });
}
