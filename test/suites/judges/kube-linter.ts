import { readFileSync } from 'node:fs';
import { loadAll } from 'js-yaml';
import { Judge, Verdict } from './judge';
import { KUBE_LINTER_CHECKS } from './kube-linter/checks';
import { Manifests, nameOf } from './kube-linter/manifests';
import { manifestFiles, Subjects, withoutHash } from './subjects';
import { map } from '../../parity/kubernetes-object';

/** The checks of kube-linter; the program itself comes from no package registry. */
export const KUBE_LINTER: Judge = { linter: 'kube-linter', judge };

function judge({ toolboxes }: Subjects): Verdict {
  const findings = toolboxes.flatMap((project) => {
    const manifests = new Manifests(
      manifestFiles(project).flatMap((file) => loadAll(readFileSync(file, 'utf8')).map(map)),
    );
    return KUBE_LINTER_CHECKS.flatMap((check) => check.problems(manifests).map(({ object, message }) => (
      { check: check.id, where: `${String(object.kind)} ${withoutHash(nameOf(object))}`, message })));
  });
  return {
    version: 'own assertions',
    files: toolboxes.flatMap(manifestFiles).length,
    findings,
    note: `${KUBE_LINTER_CHECKS.length} checks; the program itself cannot be installed from a package registry`,
  };
}
