import { posix } from 'node:path';
import { synthesize, Synthesis } from '../synth';
import { canonical } from './compare/canonical';
import { Difference, differences } from './compare/differences';
import { reasonFor } from './compare/tightenings';
import { ComposeError } from './compose/compose-error';
import { Environment, variablesIn, variablesOf } from './compose/interpolate';
import { loadCompose } from './compose/load';
import { entriesOf, get, MapNode, textOf } from './compose/node';
import { normalize } from './compose/normalize';
import { parseCompose } from './compose/parse';
import { rebase } from './compose/rebase';
import { evaluate, Library } from './evaluate';
import { create, object, Program, Section, value, call, Statement } from './expression';
import { ImportedModel, JudgedDifference } from './imported-model';
import { Overrides } from './overrides';
import { translate, Translation } from './translate/translate';
import { waiversFor } from './waivers';
import { envExampleText, envFileText } from './write/env-file';
import { importPage } from './write/import-page';
import { inventoryText } from './write/inventory';
import { printModule } from './write/typescript';
import { Finding, SourceLocation } from '../model/finding';
import { Toolbox } from '../model/toolbox';
import { lazy } from '../util/lazy';

const library = lazy(() => ({
  ...(require('../model') as typeof import('../model')),
  ...(require('../inventory/pin-inventory') as typeof import('../inventory/pin-inventory')),
}));

/** What is imported, and to where. */
export interface ImportRequest {
  /** Compose files, relative to the root; later ones are merged over earlier ones. */
  readonly files: readonly string[];
  /** Folder of the new project. */
  readonly root: string;
  /** Values of the project's `.env`. */
  readonly environment?: Environment;
}

/** A file to be written. */
export interface ImportedFile {
  readonly path: string;
  readonly content: string;
  /** Whether it holds secrets, so that only its owner may read it. */
  readonly isSecret?: boolean;
}

/** What an import makes, before anything is written. */
export interface ImportResult extends ImportedModel {
  readonly files: readonly ImportedFile[];
}

const LIBRARY = 'toolbox-constructs';
const PROJECT_FILE = { app: `node -r ${LIBRARY}/bin/register src/main.ts`, outdir: 'dist' };
/** Rounds in which what was not reproduced becomes an override, and what is refused a waiver. */
const MOST_ROUNDS = 6;
const COMPOSE_FILE = 'compose/docker-compose.draft.yml';

/**
 * Turns compose files into a model. The model is run and its compose file compared with the source before it is handed
 * back; nothing is written.
 *
 * @throws ComposeError if the files cannot be read, or hold a secret that the model would have to hold
 */
export function importCompose(request: ImportRequest): ImportResult {
  const { document: loaded, files: sources } = loadCompose(request.files, request.root);
  const folder = posix.dirname(request.files[0]);
  const document = rebase(loaded, folder, '.');
  const environment = request.environment ?? new Map<string, string>();
  const project = projectName(textOf(get(document, 'name')) ?? posix.basename(posix.resolve(request.root, folder)));
  const translation = translate(document, { root: request.root, project, environment });
  const overrides = new Overrides(translation);
  let waivers: Statement[] = [];
  for (let round = 1; ; round++) {
    const program = assemble(translation, overrides, waivers, sources);
    const synthesis = run(program, translation);
    const missing = waiversFor(synthesis.findings, translation, sources);
    const judged = compare(document, synthesis, translation);
    const isChanged = overrides.addDifferences(judged.filter(({ reason }) => reason === undefined));
    if (round === MOST_ROUNDS || (missing.length === waivers.length && !isChanged)) {
      const findings = synthesis.findings.map((one) => ({ ...one, location: locationOf(one.path, translation) }));
      refuseSecrets(findings);
      const model: ImportedModel = {
        entries: translation.ledger.entries,
        differences: judged,
        madeUp: [...translation.draft.madeUp.keys()],
        findings,
        sources,
      };
      return { ...model, files: render(program, translation, model) };
    }
    waivers = missing;
  }
}

/**
 * Values of variables go to a file of their own. A secret anywhere else would stand in the model, which is committed.
 *
 * @throws ComposeError
 */
function refuseSecrets(findings: readonly Finding[]): void {
  const problems = findings.filter(({ rule }) => rule === 'secret-value').map(({ message, location }) => ({
    message: `${message} Write it as \${NAME}, set NAME in .env, and import again: a model holds no secrets.`,
    location: location!,
  }));
  if (problems.length > 0) {
    throw new ComposeError(problems);
  }
}

/** Where the source has the thing that a finding is about. */
function locationOf(path: string | undefined, { document }: Translation): SourceLocation {
  const id = path?.split('/')[1] ?? '';
  const found =
    document.get('services')?.get(id) ?? document.get('volumes')?.get(id) ?? document.get('networks')?.get(id);
  return (found ?? document).node.location;
}

/** As Compose makes it of a folder's name. */
function projectName(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9_-]/g, '').replace(/^[_-]+/, '') || 'project';
}

function assemble(
  { draft }: Translation,
  overrides: Overrides,
  waivers: readonly Statement[],
  sources: readonly string[],
): Program {
  const toolbox: Statement = {
    constant: draft.toolbox,
    expression: create('Toolbox', value(draft.project), object({
      title: value(draft.project),
      description: value(`Imported from ${sources.join(', ')}.`),
      pins: call('PinInventory', 'fromFile', value('inventories/versions.yaml')),
    })),
  };
  const sections: Section[] = [{ title: '', statements: [toolbox] }, ...overrides.program()];
  return withoutUnused([...sections, { title: 'Waivers', statements: waivers }], draft.toolbox);
}

/** Keeps only constants that are used: the others would be lint errors. */
function withoutUnused(program: Program, toolbox: string): Program {
  const text = JSON.stringify(program.map(({ statements }) => statements.map(({ expression }) => expression)));
  const isUsed = (constant: string): boolean =>
    constant === toolbox || text.includes(`{"kind":"name","name":${JSON.stringify(constant)}}`);
  return program.map(({ title, statements }) => ({
    title,
    statements: statements.map((one) =>
      one.constant === undefined || isUsed(one.constant) ? one : { ...one, constant: undefined },
    ),
  }));
}

function run(program: Program, { draft }: Translation): Synthesis {
  const names: Library = {
    ...library(),
    PinInventory: {
      fromFile: (file: string) => library().PinInventory.fromText(inventoryText([...draft.pins.values()]), file),
    },
  };
  return synthesize(evaluate(program, names).get(draft.toolbox) as Toolbox);
}

/**
 * Compares what the source and the generated file mean, with variables unset and with each set to a text of its own.
 */
function compare(document: MapNode, { files, plan }: Synthesis, { draft }: Translation): JudgedDifference[] {
  const file = files.find(({ path }) => path === COMPOSE_FILE);
  if (file === undefined) {
    return [];
  }
  const [parsed] = parseCompose(file.content, file.path).map(normalize);
  const after = rebase(parsed, 'dist/compose', '.');
  const generated = new Map(files.map(({ path, content }) => [`dist/${path}`, content]));
  const secrets = new Map(
    plan.services.map((service) => [
      service.name,
      service.environment.flatMap(({ name: variable, value: one }) =>
        one.kind === 'secret' ? [[variable, one.key] as const] : [],
      ),
    ]),
  );
  const variables = variablesOf(document);
  const inDefaults = variables.flatMap(({ operand = '' }) => variablesIn(operand));
  const scenarios = [['unset', []], ['set', variables], ['defaults', inDefaults]] as const;
  const all = scenarios
    .map(([scenario, set]) =>
      [scenario, set.map(({ name: variable }) => [variable, valueFor(variable, draft.madeUp)] as const)] as const)
    .flatMap(([scenario, values]) =>
      differences(
        canonical(document, {
          project: draft.project,
          environment: new Map([...draft.madeUp, ...draft.environment, ...values]),
          generated: new Map(),
        }),
        canonical(after, {
          project: draft.project,
          environment: new Map([...draft.envFileValues, ...values]),
          generated,
          secrets,
        }),
      ).map((one) => ({ ...one, scenario, isShared: isShared(one, document) })),
    );
  const distinct = new Map(all.map((one) => [one.path.join('\n'), one]).reverse() as [string, Difference][]);
  return [...distinct.values()].reverse().map((one) => ({ ...one, reason: reasonFor(one) }));
}

/** Whether a container name is that of another service, too: only one of them can have it. */
function isShared({ path: [, service, key] }: Difference, document: MapNode): boolean {
  const services = get(document, 'services');
  const own = textOf(get(services, String(service), 'container_name'));
  return key === 'container_name' && own !== undefined && entriesOf(services).some(([name, one]) =>
    name !== service && textOf(get(one, 'container_name')) === own);
}

/** A text of its own for each variable; a path where one is needed. */
function valueFor(variable: string, madeUp: Environment): string {
  return madeUp.get(variable)?.startsWith('/') === true ? `/value/of/${variable}` : `value of ${variable}`;
}

function render(program: Program, { draft }: Translation, model: ImportedModel): ImportedFile[] {
  const values = draft.envFileValues;
  return [
    { path: 'src/main.ts', content: printModule(program, LIBRARY, [`${draft.toolbox}.synth();`]) },
    { path: 'inventories/versions.yaml', content: inventoryText([...draft.pins.values()]) },
    { path: 'toolbox.json', content: `${JSON.stringify(PROJECT_FILE, undefined, 2)}\n` },
    { path: 'IMPORT.md', content: importPage(model) },
    ...(draft.usesEnvFile
      ? [
        { path: '.env.local.example', content: envExampleText(draft.secretKeys, draft.parameterDefaults) },
        { path: '.env.local', content: envFileText(values), isSecret: true },
      ]
      : []),
  ];
}
