import { Plan } from '../../../plan/plan';
import { codeSpan } from '../escape/code-span';
import { md } from '../escape/markdown';
import { prose } from '../escape/prose';
import { Block, section, table } from '../page';
import { sentence } from '../words';

/** Which rules are let off, for what, and why. */
export function waiverSection({ waivers }: Plan): Block {
  return section(md`Waivers`, [table([md`Rule`, md`For`, md`Reason`], waivers.map(({ rule, scope, reason }) => [
    codeSpan(rule), codeSpan(scope), sentence(prose(reason)),
  ]))]);
}
