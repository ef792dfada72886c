import { Plan, ServicePlan } from '../../src/plan/plan';
import { renderCompose } from '../../src/targets/compose';
import { renderKubernetes } from '../../src/targets/kubernetes';
import { Origin } from '../../src/targets/origin';
import { MappedLine, sourceMap, TargetFile } from '../../src/targets/target-file';
import { aPlan, aService } from '../plan/plan-builder';

/** Facets and overrides by the text of a line, without indentation. */
function originsOf(documents: readonly TargetFile[], name: RegExp): Map<string, Pick<Origin, 'facets' | 'overrides'>> {
  const lines = documents.filter(({ path }) => name.test(path)).flatMap<MappedLine>(sourceMap);
  return new Map(lines.flatMap(({ text, origin }) => (
    origin === undefined ? [] : [[text.trim(), { facets: origin.facets, overrides: origin.overrides }]])));
}

function planWith(overrides: Partial<ServicePlan['overrides']>, facts: Partial<ServicePlan> = {}): Plan {
  return aPlan({ services: [aService({ ...facts, overrides: { compose: [], kubernetes: [], ...overrides } })] });
}

const VARIABLES: Partial<ServicePlan> = {
  environment: ['A', 'B', 'C'].map((name) => ({ name, value: { kind: 'literal', text: `of ${name}` } })),
};

test('an override of Compose is the origin of what it sets, and of nothing else', () => {
  const { path } = aService();
  const plan = planWith({
    compose: [
      { key: 'environment', value: { B: 'set' }, reason: 'one' },
      { key: 'logging', value: { options: { tag: 'set' } }, reason: 'two' },
      { key: 'labels', value: { mine: 'set' }, reason: 'three' },
    ],
  }, VARIABLES);
  const origins = originsOf(renderCompose(plan).documents, /docker-compose/);
  const override = (at: string, reason: string) => [{ construct: path, at, reason }];
  expect(origins.get('A: of A')).toEqual({ facets: ['environment'], overrides: [] });
  expect(origins.get('B: set')).toEqual({
    facets: ['environment', 'override'],
    overrides: override('environment', 'one'),
  });
  expect(origins.get('driver: json-file')).toEqual({ facets: ['lifecycle'], overrides: [] });
  expect(origins.get('tag: set')).toEqual({ facets: ['lifecycle', 'override'], overrides: override('logging', 'two') });
  expect(origins.get('mine: set')).toMatchObject({ overrides: override('labels', 'three') });
});

test('a patch of Kubernetes is the origin of what it sets, and the others keep theirs when it moves them', () => {
  const env = '/spec/template/spec/containers/0/env';
  const plan = planWith({
    kubernetes: [
      { op: 'remove', pointer: `${env}/0`, reason: 'one' },
      { op: 'add', pointer: `${env}/0`, value: { name: 'NEW', value: 'set' }, reason: 'two' },
      { op: 'replace', pointer: '/spec/template/spec/restartPolicy', value: 'Never', reason: 'three' },
      { op: 'add', pointer: '/spec/template/spec/hostAliases', value: [{ ip: '10.0.0.1' }], reason: 'four' },
      { op: 'add', pointer: '/spec/template/spec/hostAliases/-', value: { ip: '10.0.0.2' }, reason: 'five' },
    ],
  }, VARIABLES);
  const origins = originsOf(renderKubernetes(plan).documents, /services/);
  const reasons = (text: string) => origins.get(text)?.overrides.map(({ reason }) => reason);
  expect(origins.has('value: of A')).toBe(false);
  expect(reasons('- name: NEW')).toEqual(['two']);
  expect(reasons('value: set')).toEqual(['two']);
  expect(origins.get('value: of B')).toEqual({ facets: ['environment'], overrides: [] });
  expect(origins.get('restartPolicy: Never')?.facets).toEqual(['lifecycle', 'override']);
  expect(reasons('restartPolicy: Never')).toEqual(['three']);
  expect(reasons("- ip: '10.0.0.1'")).toEqual(['four']);
  expect(reasons("- ip: '10.0.0.2'")).toEqual(['four', 'five']);
});
