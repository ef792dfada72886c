import { factsInUse } from './facts';
import { compareText } from '../../../plan/collections';
import { Plan } from '../../../plan/plan';
import { FidelityEntry } from '../../../plan/target-output';
import { Markdown, md } from '../escape/markdown';
import { text } from '../escape/text';
import { ENGLISH } from '../messages/english';
import { Block, table } from '../page';

type Target = FidelityEntry['target'];

/** Each fact that the model states, and how each target treats it. */
export function matrix(plan: Plan, fidelity: readonly FidelityEntry[]): Block {
  const reported = [...new Set(fidelity.map((entry) => entry.fact))];
  const stated = factsInUse(plan);
  const facts = [...stated, ...reported.filter((fact) => !stated.includes(fact)).sort(compareText)];
  return table(
    ENGLISH.page,
    [md`Fact`, md`Docker Compose`, md`Kubernetes`],
    facts.map((fact) => [text(fact), verdict(fidelity, fact, 'compose'), verdict(fidelity, fact, 'kubernetes')]),
  );
}

/** The worst verdict of the entries. */
function verdict(fidelity: readonly FidelityEntry[], fact: string, target: Target): Markdown {
  const found = new Set(
    fidelity.filter((entry) => entry.fact === fact && entry.target === target).map((entry) => entry.verdict),
  );
  if (found.has('refused')) {
    return md`**refused**`;
  }
  if (found.has('left-out')) {
    return found.has('adapted') ? md`left out in part` : md`left out`;
  }
  return found.has('adapted') ? md`adapted` : md`kept`;
}
