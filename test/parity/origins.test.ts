import * as fc from 'fast-check';
import { arbitraryPlan } from './arbitrary-plan';
import { Plan, ServicePlan } from '../../src/plan/plan';
import { Facet } from '../../src/plan/target-output';
import { renderCompose } from '../../src/targets/compose';
import { renderKubernetes } from '../../src/targets/kubernetes';
import { MappedLine, outputFile, sourceMap, TargetFile } from '../../src/targets/target-file';

function filesOf(plan: Plan): TargetFile[] {
  return [...renderCompose(plan).documents, ...renderKubernetes(plan).documents];
}

function pathsOf(plan: Plan): Set<string> {
  const named = [
    ...plan.services, ...plan.hostServices, ...plan.volumes, ...plan.networks, ...plan.profiles, ...plan.envFiles,
    ...plan.policies, ...plan.secretFiles ?? [],
  ];
  const keys = plan.envFiles.flatMap(({ path, keys: all }) => all.map(({ name }) => `${path}/${name}`));
  const files = plan.services.flatMap(({ mounts }) => mounts.flatMap((mount) => {
    switch (mount.kind) {
      case 'file': return [mount.file.constructPath];
      case 'directory': return [mount.directory.constructPath];
      default: return [];
    }
  }));
  return new Set([plan.name, ...named.map(({ path }) => path), ...keys, ...files]);
}

/** Lines below the header, with the file that they are in. */
function bodyOf(file: TargetFile): MappedLine[] {
  return sourceMap(file).slice(file.header.split('\n').length - 1);
}

describe('the source map of any plan', () => {
  test('has the lines of the file, each with an origin in the plan', () => {
    fc.assert(fc.property(arbitraryPlan, (plan) => {
      const paths = pathsOf(plan);
      for (const file of filesOf(plan)) {
        expect(sourceMap(file).map(({ text }) => text)).toEqual(
          outputFile(file).content.replace(/\n$/, '').split('\n'),
        );
        const odd = bodyOf(file).filter(
          ({ origin }) =>
            origin === undefined ||
            origin.constructs.length === 0 ||
            origin.constructs.some((path) => !paths.has(path)),
        );
        expect(odd.map(({ text, origin }) => ({ file: file.path, text, origin }))).toEqual([]);
      }
    }), { numRuns: 25 });
  });
});

type Change = (service: ServicePlan) => Partial<ServicePlan>;

/** Changes of one fact, and the facets of the lines that state it. */
const CHANGES: readonly (readonly [fact: string, facets: readonly Facet[], change: Change])[] = [
  ['the tag of the image', ['image'], ({ image }) => ({ image: { ...image, tag: 'changed' } })],
  ['the command', ['command'], () => ({ command: ['changed'] })],
  ['the working directory', ['command'], () => ({ workingDirectory: '/changed' })],
  ['the memory', ['resources'], ({ resources }) => ({ resources: { ...resources, memoryMegabytes: 12_345 } })],
  ['the stop grace period', ['lifecycle'], () => ({ stopGraceSeconds: 12_345 })],
  // A writable root needs no scratch space for the paths that the image writes.
  ['the read-only root', ['security', 'mount'], ({ readOnlyRoot }) => ({ readOnlyRoot: !readOnlyRoot })],
  ['the user', ['security', 'mount'], () => ({ user: { uid: 12_345, gid: 12_345 } })],
  [
    'a variable',
    ['environment'],
    ({ environment }) => ({
      environment: [...environment, { name: 'ZZ_CHANGED', value: { kind: 'literal', text: 'changed' } }],
    }),
  ],
  [
    'scratch space',
    ['mount'],
    ({ mounts }) => ({
      mounts: [...mounts, { kind: 'scratch', path: '/zz-changed', megabytes: 1, executable: false }],
    }),
  ],
  [
    'the interval of the health check',
    ['health'],
    ({ healthCheck }) => ({ healthCheck: healthCheck && { ...healthCheck, intervalSeconds: 12_345 } }),
  ],
];

/**
 * Groups lines by file, keys, text and origin. Positions in lists do not count, so the origin keeps lines with the
 * same text apart: `emptyDir` of scratch space and of shared memory.
 */
function linesOf(plan: Plan): Map<string, MappedLine[]> {
  const lines = new Map<string, MappedLine[]>();
  for (const file of filesOf(plan)) {
    for (const line of bodyOf(file)) {
      const keys = line.path.map((step) => (typeof step === 'number' ? '#' : step));
      const { constructs, facets } = line.origin ?? {};
      const id = JSON.stringify([
        file.path, line.document?.kind, keys, line.text.replace('- ', '  '), constructs, facets,
      ]);
      lines.set(id, [...lines.get(id) ?? [], line]);
    }
  }
  return lines;
}

function onlyIn(lines: Map<string, MappedLine[]>, others: Map<string, MappedLine[]>): MappedLine[] {
  return [...lines].flatMap(([id, list]) => list.slice(others.get(id)?.length ?? 0));
}

/** The name of a Job is made from its content. */
function isJobName({ document, path }: MappedLine): boolean {
  return document?.kind === 'Job' && path.join('.') === 'metadata.name';
}

test.each(CHANGES)('lines that show %s have its facet and its service, in any plan', (_, facets, change) => {
  let seen = 0;
  fc.assert(fc.property(arbitraryPlan, fc.nat(), (plan, pick) => {
    const index = pick % Math.max(1, plan.services.length);
    const services = plan.services.map((one, at) => (at === index ? { ...one, ...change(one) } : one));
    const [before, after] = [linesOf(plan), linesOf({ ...plan, services })];
    const changed = [...onlyIn(before, after), ...onlyIn(after, before)].filter((line) => !isJobName(line));
    seen += changed.length;
    const odd = changed.filter(
      ({ origin }) =>
        !origin?.constructs.includes(plan.services[index].path) ||
        !facets.some((facet) => origin.facets.includes(facet)),
    );
    expect(odd.map(({ path, text, origin }) => ({ path, text, origin }))).toEqual([]);
  }), { numRuns: 40, seed: 4711 });
  expect(seen).toBeGreaterThan(10);
});
