import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { JsonPatch } from 'cdk8s';
import { loadAll } from 'js-yaml';
import { MUTATIONS, Mutation } from './kube-linter-mutations';
import { KubernetesObject, map } from '../parity/kubernetes-object';
import { DEFAULT_CHECKS, FURTHER_CHECKS, KUBE_LINTER_CHECKS } from '../suites/judges/kube-linter/checks';
import { Manifests, nameOf } from '../suites/judges/kube-linter/manifests';

const CLEAN = loadAll(readFileSync(join(__dirname, 'clean-manifests.yaml'), 'utf8')).map(map);

test('there is an assertion for each check of kube-linter', () => {
  expect(DEFAULT_CHECKS).toHaveLength(31);
  expect(KUBE_LINTER_CHECKS.map(({ id }) => id).sort()).toEqual([...DEFAULT_CHECKS, ...FURTHER_CHECKS].sort());
});

test('finds nothing in clean manifests', () => {
  expect(findings(CLEAN)).toEqual([]);
});

test.each(MUTATIONS.map((mutation) => [mutation.id, JSON.stringify(mutation.patches), mutation] as const))(
  '%s: finds %s',
  (id, _patches, mutation) => {
    expect(findings(mutated(mutation))).toContain(id);
  },
);

test('every check was seen to find something', () => {
  const seen = new Set(MUTATIONS.map(({ id }) => id));
  expect(KUBE_LINTER_CHECKS.map(({ id }) => id).filter((id) => !seen.has(id))).toEqual([]);
});

function mutated({ object, patches }: Mutation): KubernetesObject[] {
  return CLEAN.map((one) =>
    `${String(one.kind)} ${nameOf(one)}` === object ? map(JsonPatch.apply(structuredClone(one), ...patches)) : one,
  );
}

function findings(objects: readonly KubernetesObject[]): string[] {
  const manifests = new Manifests(objects);
  return KUBE_LINTER_CHECKS.flatMap((check) => check.problems(manifests).map(() => check.id));
}
