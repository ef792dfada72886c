import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as fc from 'fast-check';
import { loadAll } from 'js-yaml';
import { ApiServer, KubernetesObject } from './api-server';
import { hasErrors } from '../../../src/model/rule-facts';
import { synthesize } from '../../../src/synth';
import { renderKubernetes } from '../../../src/targets/kubernetes';
import { MANIFEST } from '../../hostile/readers';
import { nearlyTameRecipe, tameRecipe, wildRecipe } from '../../models/arbitrary-recipe';
import { AS_WRITTEN, buildRecipe } from '../../models/build-recipe';
import { Recipe } from '../../models/recipe';
import { FIXTURE_PLAN } from '../../parity/fixture-plan';

/**
 * Lets a real API server judge manifests: those of GARVIS and of a plan with every fact are applied twice, and random
 * toolboxes are sent as dry runs. What a model without errors gives is admitted, quiet, and free of conflicts.
 *
 * Usage: run.ts [seconds for random toolboxes, by default 60] [seed]
 */
type File = { readonly path: string; readonly content: string };
type Workload = KubernetesObject & {
  readonly spec: { readonly template?: { readonly metadata?: object; readonly spec: object } };
};

const RECIPES: Readonly<Record<string, fc.Arbitrary<Recipe>>> = {
  'tame': tameRecipe,
  'nearly tame': nearlyTameRecipe,
  'wild': wildRecipe,
};

class Suite {
  private failures = 0;
  private namespaces = 0;

  constructor(private readonly server: ApiServer, private readonly scratch: string) {}

  public get code(): number {
    return this.failures === 0 ? 0 : 1;
  }

  /** Applies a folder with a kustomization as its page says, again and again. */
  public async quiet(title: string, folder: string): Promise<void> {
    const rendered = this.server.kubectl('kustomize', folder);
    const objects = loadAll(rendered.out) as Workload[];
    const apply = (...more: readonly string[]) => this.server.kubectl('apply', '--kustomize', folder, ...more);
    const first = apply();
    const again = apply();
    const lines = again.out.trimEnd().split('\n');
    const diff = this.server.kubectl('diff', '--kustomize', folder);
    const other = apply('--server-side', '--field-manager=another', '--dry-run=server');
    this.report(`${title}: applied`, [rendered, first].filter(({ code }) => code !== 0).map(({ err }) => err));
    this.report(`${title}: applied again, nothing changes`, lines.filter((line) => !line.endsWith(' unchanged')));
    this.report(`${title}: diff is empty`, diff.code === 0 ? [] : [diff.out + diff.err]);
    this.report(`${title}: server-side apply has no conflict`, other.code === 0 ? [] : [other.err]);
    this.report(`${title}: ${objects.length} objects are valid, and their pods admitted`, await this.problems(objects));
  }

  /** Sends what random toolboxes give. */
  public async random(kind: string, recipes: fc.Arbitrary<Recipe>, seconds: number, seed: number): Promise<void> {
    let [made, refused] = [0, 0];
    const property = fc.asyncProperty(recipes, async (recipe) => {
      const { findings, files } = synthesize(buildRecipe(recipe, AS_WRITTEN));
      if (hasErrors(findings)) {
        refused++;
        return;
      }
      made++;
      const problems = await this.problems(objectsOf(files));
      if (problems.length > 0) { throw new Error(problems.join('\n')); }
    });
    const outcome = await fc.check(property, {
      seed,
      numRuns: 1_000_000,
      interruptAfterTimeLimit: seconds * 1000,
      markInterruptAsFailure: false,
    });
    const problems =
      outcome.failed && outcome.counterexample !== null
        ? [
          `${(outcome.errorInstance as Error | undefined)?.message}\nseed ${seed}, path ${outcome.counterexamplePath}\n` +
              JSON.stringify(outcome.counterexample[0]),
        ]
        : [];
    this.report(`${kind}: ${outcome.numRuns} toolboxes, ${made} made, ${refused} refused with a finding`, problems);
    if (made === 0) { this.report(`${kind}: some are made`, ['none']); }
  }

  public project(title: string, files: readonly File[]): string {
    const folder = join(this.scratch, title);
    files.forEach(({ path, content }) => {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    });
    return folder;
  }

  /** What the server has against objects, in a namespace of their own: the same name may have other labels before. */
  private async problems(objects: readonly Workload[]): Promise<string[]> {
    const namespace = `n${++this.namespaces}`;
    const moved = objects.map((object): Workload => object.kind === 'Namespace'
      ? { ...object, metadata: { ...object.metadata, name: namespace } }
      : { ...object, metadata: { ...object.metadata, namespace } });
    const [space] = moved.filter(({ kind }) => kind === 'Namespace');
    await this.server.createNamespace(space, moved.filter(({ kind }) => kind === 'ServiceAccount'));
    const rest = moved.filter(({ kind }) => kind !== 'Namespace' && kind !== 'ServiceAccount');
    const pods = rest.flatMap(podsOf);
    await Promise.all(runtimesOf(pods).map((name) => this.server.createRuntime(name)));
    const sent = await Promise.all([...rest, ...pods].map(async (object) => {
      const { code, message } = await this.server.create(object);
      return code < 300 ? [] : [`${object.kind} ${object.metadata.name}: ${message}`];
    }));
    return sent.flat();
  }

  private report(title: string, problems: readonly string[]): void {
    process.stdout.write(`${problems.length === 0 ? 'ok  ' : 'FAIL'} ${title}\n`);
    problems.forEach((problem) => process.stdout.write(`       ${problem.trim().replaceAll('\n', '\n       ')}\n`));
    if (problems.length > 0) { this.failures++; }
  }
}

function objectsOf(files: readonly File[]): Workload[] {
  return files.filter(({ path }) => MANIFEST.test(path) && !path.endsWith('kustomization.yaml'))
    .flatMap(({ content }) => loadAll(content) as Workload[]);
}

/** Runtimes that a cluster must have: the pages say so, and the server admits no pod without them. */
function runtimesOf(pods: readonly KubernetesObject[]): string[] {
  const names = pods.flatMap(({ spec }) => (spec as { readonly runtimeClassName?: string }).runtimeClassName ?? []);
  return [...new Set(names)];
}

/** The pod that a workload would start: only it is judged by Pod Security. */
function podsOf({ metadata: { name, namespace }, spec }: Workload): Workload[] {
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { ...spec?.template?.metadata, name, namespace } };
  return spec?.template === undefined ? [] : [{ ...pod, spec: spec.template.spec }];
}

async function main([seconds = '60', seed = String(Date.now() % 0x7fffffff)]: readonly string[]): Promise<number> {
  const scratch = mkdtempSync(join(tmpdir(), 'api-server-'));
  const begin = Date.now();
  const server = await ApiServer.start(join(scratch, 'server'));
  try {
    process.stdout.write(`API server ready after ${((Date.now() - begin) / 1000).toFixed(1)} s; seed ${seed}\n`);
    const suite = new Suite(server, scratch);
    await suite.quiet('GARVIS', 'dist/kubernetes/draft');
    await suite.quiet(
      'every fact',
      join(suite.project('facts', renderKubernetes(FIXTURE_PLAN).files), 'kubernetes/draft'),
    );
    for (const [kind, recipes] of Object.entries(RECIPES)) {
      await suite.random(kind, recipes, Number(seconds) / Object.keys(RECIPES).length, Number(seed));
    }
    return suite.code;
  } finally {
    server.stop();
    rmSync(scratch, { recursive: true, force: true });
  }
}

main(process.argv.slice(2)).then(
  (code) => { process.exitCode = code; },
  (error: Error) => {
    process.stderr.write(`${error.stack}\n`);
    process.exitCode = 1;
  },
);
