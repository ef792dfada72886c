import { GeneratedKind } from './places';
import { Failure } from '../model/failure';
import { Finding } from '../model/finding';
import { OutputFile } from '../plan/output-file';
import { Plan } from '../plan/plan';
import { TargetFile } from '../targets/target-file';
import { lazy } from '../util/lazy';

const composeTarget = lazy(() => require('../targets/compose') as typeof import('../targets/compose'));
const kubernetesTarget = lazy(() => require('../targets/kubernetes') as typeof import('../targets/kubernetes'));
const docsTarget = lazy(() => require('../targets/docs') as typeof import('../targets/docs'));


/**
 * Renders the files that a kind of place may be in, with their origins.
 *
 * @param errors findings of the model, if some are errors.
 * @throws Failure with them if they keep the model from being rendered.
 */
export function targetFiles(plan: Plan, kind: GeneratedKind, errors: readonly Finding[]): readonly TargetFile[] {
  return rendered(() => (kind === 'kubernetes' ? kubernetes(plan) : compose(plan)).documents, errors);
}

/** Renders the pages, as `targetFiles` does. */
export function pages(plan: Plan, errors: readonly Finding[]): readonly OutputFile[] {
  return rendered(
    () => docsTarget().renderDocs(plan, [...compose(plan).fidelity, ...kubernetes(plan).fidelity]),
    errors,
  );
}

function rendered<T>(render: () => T, errors: readonly Finding[]): T {
  try {
    return render();
  } catch (error) {
    throw errors.length > 0 ? new Failure(...errors) : error;
  }
}

function compose(plan: Plan) {
  return composeTarget().renderCompose(plan);
}

function kubernetes(plan: Plan) {
  return kubernetesTarget().renderKubernetes(plan);
}
