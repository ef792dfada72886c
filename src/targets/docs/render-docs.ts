import { fidelityPage } from './fidelity/fidelity-page';
import { statusPage } from './status/status-page';
import { FidelityEntry } from '../../plan/fidelity';
import { OutputFile } from '../../plan/output-file';
import { Plan } from '../../plan/plan';

/**
 * The pages that people read: what the toolbox is and what was seen to work, and what each target could not simply keep.
 *
 * @param plan a plan that the rules let through.
 * @param fidelity what all targets told.
 */
export function renderDocs(plan: Plan, fidelity: readonly FidelityEntry[]): OutputFile[] {
  return [
    { path: 'docs/FIDELITY.md', content: fidelityPage(plan, fidelity) },
    { path: 'docs/STATUS.md', content: statusPage(plan, fidelity) },
  ];
}
