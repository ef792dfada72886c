import { CheckStatusPlan } from '../../../plan/plan';
import { Markdown } from '../escape/markdown';
import { Messages } from '../messages/messages';

/** The state of a check in a word or two. */
export function stateWord(status: CheckStatusPlan, { checks: words }: Messages): Markdown {
  switch (status.kind) {
    case 'to-verify': return words.toVerify;
    case 'verified': return words.verified(status.record.method);
    case 'failed': return words.failed(status.record.method, status.record.exitCode);
    case 'stale': return words.stale(status.record.outcome);
  }
}
