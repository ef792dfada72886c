import { GeneratedKind } from './places';
import { Failure } from '../model/failure';
import { Finding } from '../model/finding';
import { Plan } from '../plan/plan';
import { FidelityEntry } from '../plan/target-output';
import { TargetFile } from '../targets/target-file';
import { lazy } from '../util/lazy';

const compose = lazy(() => require('../targets/compose') as typeof import('../targets/compose'));
const kubernetes = lazy(() => require('../targets/kubernetes') as typeof import('../targets/kubernetes'));
const docs = lazy(() => require('../targets/docs') as typeof import('../targets/docs'));

/**
 * Renders the files that a kind of place may be in, with their origins. Loads only the targets that it needs.
 *
 * @param errors findings of the model, if some are errors.
 * @throws Failure with them if they keep the model from being rendered.
 */
export function targetFiles(plan: Plan, kind: GeneratedKind, errors: readonly Finding[]): readonly TargetFile[] {
  try {
    switch (kind) {
      case 'kubernetes': return kubernetes().renderKubernetes(plan).documents;
      case 'page': return docs().docsFiles(plan, fidelityOf(plan));
      default: return compose().renderCompose(plan).documents;
    }
  } catch (error) {
    throw errors.length > 0 ? new Failure(...errors) : error;
  }
}

/** Returns how each target treats the facts that it cannot simply keep. */
export function fidelityOf(plan: Plan): readonly FidelityEntry[] {
  return [...compose().renderCompose(plan).fidelity, ...kubernetes().renderKubernetes(plan).fidelity];
}
