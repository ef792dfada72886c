import { textsOf } from './private/texts';
import { Rule, Violation } from './rule';
import { Plan } from '../plan/plan';
import { codePointName, UNSEEN } from '../util/unseen';

/**
 * Matches invisible characters, except line breaks and tabs, and except the joiners and marks that some scripts need.
 */
const NOWHERE = new RegExp(
  '(?![\\u2028\\u2029\\u034f\\u061c\\u180b-\\u180d\\u180f\\u200c-\\u200f])'
  + `[\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f${UNSEEN}]`,
  'u',
);
/** Line breaks in some readers only. */
const ONLY_ESCAPED = /[\r\u2028\u2029]/;
const IN_LINES = new RegExp(`${ONLY_ESCAPED.source}|${NOWHERE.source}`, 'u');

export const textControl: Rule = {
  id: 'text-control',
  severity: 'error',
  title: 'Texts hold no invisible or control characters',
  fix: 'Remove the character.',
  waivable: false,
  facets: ['command', 'environment', 'config', 'text'],
  check: ({ plan }) => violations(plan),
};

function violations(plan: Plan): Violation[] {
  return textsOf(plan).flatMap(({ path, what, text, quoted, override }) => {
    const match = (quoted ? NOWHERE : IN_LINES).exec(text);
    return match === null
      ? []
      : [{ path, override, message: `The ${what} holds ${codePointName(match[0])} at position ${match.index + 1}.` }];
  });
}
