import { FileState } from './explanation';
import { GeneratedKind } from './places';
import { OutputFile } from '../plan/output-file';
import { Plan } from '../plan/plan';

/* eslint-disable @typescript-eslint/no-require-imports -- only the target that was asked for is loaded */

/** Holds a committed file against what a model without errors gives. */
export function fileState(plan: Plan, kind: GeneratedKind, file: string, text: string): FileState {
  const expected = rendered(plan, kind).find(({ path }) => path === file)?.content;
  if (expected !== undefined) { return text === expected ? 'current' : 'differs'; }
  return plan.gate.approval?.files.some(({ path }) => path === file) === true ? 'approved-before' : 'not-given';
}

function rendered(plan: Plan, kind: GeneratedKind): readonly OutputFile[] {
  if (kind === 'kubernetes') { return kubernetes(plan).files; }
  if (kind !== 'page') { return compose(plan).files; }
  const { renderDocs } = require('../targets/docs') as typeof import('../targets/docs');
  return renderDocs(plan, [...compose(plan).fidelity, ...kubernetes(plan).fidelity]);
}

function compose(plan: Plan) {
  return (require('../targets/compose') as typeof import('../targets/compose')).renderCompose(plan);
}

function kubernetes(plan: Plan) {
  return (require('../targets/kubernetes') as typeof import('../targets/kubernetes')).renderKubernetes(plan);
}
