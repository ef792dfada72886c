import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as fc from 'fast-check';
import { loadAll } from 'js-yaml';
import { parse } from 'yaml';
import { requiredVariables } from './required-variables';
import { composeSchema, kubernetesSchema, Manifest, ValidatorFor } from './schemas';
import { Synthesis } from '../../src/synth';
import { statedSettings } from '../../src/targets/container-settings';
import { COMPOSE_FILE, MANIFEST } from '../hostile/readers';
import { nearlyTameRecipe, tameRecipe, wildRecipe } from '../models/arbitrary-recipe';
import { shuffledBy } from '../models/build-recipe';
import { Judge, judgeRecipe } from '../models/judge-recipe';
import { Recipe } from '../models/recipe';

/**
 * Draws toolboxes for as long as it is given, and lets every judge look at each: refused with a finding, or valid for
 * the readers of YAML, the schemas of Compose and Kubernetes, and sometimes Docker Compose itself; both targets match
 * the plan; the order does not matter.
 *
 * Usage: random-models.ts <folder with the schemas> [seconds, by default 90] [seed]
 */
const KINDS: Readonly<Record<string, fc.Arbitrary<Recipe>>> = {
  'tame': tameRecipe,
  'nearly tame': nearlyTameRecipe,
  'wild': wildRecipe,
};

/** Docker Compose takes a tenth of a second to start, so it sees one model in so many. */
const COMPOSE_EVERY = 10;

class Suite {
  public looked = 0;
  public readonly judges: readonly Judge[] = [
    (synthesis) => this.composeProblems(synthesis),
    (synthesis) => this.kubernetesProblems(synthesis),
    (synthesis) => (this.looked++ % COMPOSE_EVERY === 0 ? this.programProblems(synthesis) : []),
  ];
  private readonly schema: (document: unknown) => string[];
  private readonly validators: readonly ValidatorFor[];
  private readonly scratch = mkdtempSync(join(tmpdir(), 'random-models-'));

  constructor(data: string) {
    this.schema = composeSchema(join(data, 'compose-spec.json'));
    const names = readdirSync(data).filter((name) => /^kubernetes-.*\.json$/.test(name));
    this.validators = names.map((name) => kubernetesSchema(join(data, name)));
  }

  public end(): void {
    rmSync(this.scratch, { recursive: true, force: true });
  }

  private composeProblems({ files }: Synthesis): string[] {
    return files.filter(({ path }) => COMPOSE_FILE.test(path)).flatMap(({ content }) => this.schema(parse(content)));
  }

  private kubernetesProblems({ files }: Synthesis): string[] {
    const manifests = files.filter(({ path }) => MANIFEST.test(path))
      .flatMap(({ path, content }) => loadAll(content).map((one) => ({ path, manifest: one as Manifest })));
    return this.validators.flatMap((validatorFor) => manifests.flatMap(({ path, manifest }) => {
      const validate = validatorFor(manifest);
      if (validate === undefined) { return [`${path}: no ${manifest.apiVersion} ${manifest.kind}`]; }
      const valid: boolean = validate(manifest as unknown);
      return valid
        ? []
        : (validate.errors ?? []).map(
          ({ instancePath, message }) => `${path}: ${manifest.kind}${instancePath} ${message}`,
        );
    }));
  }

  /** A newer Compose than the one of this machine may be needed, as the fidelity page says. */
  private programProblems({ files, plan }: Synthesis): string[] {
    if (plan.services.some(({ container }) => statedSettings(container ?? {}).some(isNewer))) { return []; }
    const project = mkdtempSync(join(this.scratch, 'model-'));
    for (const { path, content } of files) {
      mkdirSync(dirname(join(project, 'dist', path)), { recursive: true });
      writeFileSync(join(project, 'dist', path), content);
    }
    return files.filter(({ path }) => COMPOSE_FILE.test(path)).flatMap(({ path, content }) => {
      const { status, stderr, error } = spawnSync(
        'docker',
        ['compose', '--file', join(project, 'dist', path), '--profile', '*', 'config', '--quiet'],
        { encoding: 'utf8', env: { ...requiredVariables(content), PATH: process.env.PATH, HOME: process.env.HOME }, timeout: 60_000 },
      );
      return status === 0 && stderr === '' ? [] : [`docker compose: ${error?.message ?? stderr}`];
    });
  }
}

function isNewer({ setting, value }: ReturnType<typeof statedSettings>[number]): boolean {
  return setting.since?.(value) !== undefined;
}

interface Tally {
  readonly kind: string;
  readonly runs: number;
  readonly accepted: number;
  readonly refused: number;
  /** Rules that refused something. */
  readonly rules: number;
  readonly failure?: string;
}

function draw(kind: string, recipes: fc.Arbitrary<Recipe>, suite: Suite, seconds: number, seed: number): Tally {
  let [accepted, refused] = [0, 0];
  const rules = new Set<string>();
  const property = fc.property(recipes, fc.nat(1_000_000), (recipe, order) => {
    const { problems, synthesis, ...verdict } = judgeRecipe(
      recipe,
      isPlain(recipe) ? suite.judges : [],
      shuffledBy(order),
    );
    verdict.accepted ? accepted++ : refused++;
    synthesis?.findings.forEach(
      ({ rule, severity, waived }) => severity === 'error' && waived === undefined && rules.add(rule),
    );
    if (problems.length > 0) { throw new Error(problems.join('\n')); }
  });
  const outcome = fc.check(property, {
    seed,
    numRuns: 1_000_000,
    interruptAfterTimeLimit: seconds * 1000,
    markInterruptAsFailure: false,
  });
  const failure =
    outcome.failed && outcome.counterexample !== null
      ? `${(outcome.errorInstance as Error | undefined)?.message}\npath: ${outcome.counterexamplePath}\n` +
        `${JSON.stringify(outcome.counterexample[0])}`
      : undefined;
  return { kind, runs: outcome.numRuns, accepted, refused, rules: rules.size, failure };
}

/** Whether what it says for one target alone is what that target's schema has. */
function isPlain({ services }: Recipe): boolean {
  return services.every(
    ({ composeOverrides, patches }) =>
      composeOverrides.every(({ key }) => key === 'labels' || key === 'shm_size') &&
      patches.every(({ pointer }) => pointer.startsWith('/metadata/annotations/')),
  );
}

function main([data = '', seconds = '90', seed = String(Date.now() % 0x7fffffff)]: readonly string[]): number {
  if (!existsSync(join(data, 'compose-spec.json'))) {
    console.error(`random-models: no schemas in ${JSON.stringify(data)}`);
    return 2;
  }
  const suite = new Suite(data);
  console.log(`random-models: seed ${seed}`);
  const share = Number(seconds) / Object.keys(KINDS).length;
  const tallies = Object.entries(KINDS).map(([kind, recipes]) => draw(kind, recipes, suite, share, Number(seed)));
  suite.end();
  for (const { kind, runs, accepted, refused, rules, failure } of tallies) {
    console.log(
      `${failure === undefined ? 'ok  ' : 'FAIL'} ${kind}: ${runs} toolboxes, ${accepted} made, ${refused} refused ` +
        `by ${rules} rules`,
    );
    if (failure !== undefined) { console.error(failure); }
  }
  return tallies.some(({ failure }) => failure !== undefined) ? 1 : 0;
}

process.exitCode = main(process.argv.slice(2));
