import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { EnvironmentValue, HealthCheck, Image, JsonPatch, Testing, User } from '../../src/core';
import { expansionText } from '../../src/targets/kubernetes/escape';
import { HOSTILE_INPUTS, HostileInput } from '../hostile/emitters';
import { COMPOSE_FILE, MANIFEST } from '../hostile/readers';
import { aService, aToolbox } from '../rules/support';

/**
 * Holds our list of hostile inputs against the shared one, and lets the programs that read the files read every hostile
 * text back: Docker Compose the compose file, kubectl the manifests.
 *
 * Usage: hostile-inputs.ts <the shared list>
 */
interface Table {
  readonly title: string;
  readonly tried: number;
  readonly problems: readonly string[];
}

/** Characters that the rules refuse: control characters, direction marks and lone surrogates. */
const REFUSED = new RegExp(
  [
    String.raw`[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff]`,
    String.raw`[\ud800-\udbff](?![\udc00-\udfff])`,
    String.raw`(?<![\ud800-\udbff])[\udc00-\udfff]`,
  ].join('|'),
);
const SECRETS = /^secret-leak$/;

const TEXTS = [
  ...new Set(
    HOSTILE_INPUTS.filter(({ area }) => !SECRETS.test(area))
      .map(({ input }) => input)
      .flatMap((input) =>
        typeof input === 'string'
          ? [input]
          : Array.isArray(input)
            ? input.filter((one): one is string => typeof one === 'string')
            : [],
      ),
  ),
].filter((text) => !REFUSED.test(text));

function compareLists(path: string): Table {
  const shared = JSON.parse(readFileSync(path, 'utf8')) as HostileInput[];
  const areas = new Set(HOSTILE_INPUTS.map(({ area }) => area));
  const wanted = shared.filter(({ area }) => areas.has(area));
  const problems = wanted.flatMap((one) => {
    const ours = HOSTILE_INPUTS.find(({ area, name }) => area === one.area && name === one.name);
    return ours !== undefined && isDeepStrictEqual([ours.input, ours.expect], [one.input, one.expect])
      ? []
      : [`no test of ${one.area}: ${one.name}`];
  });
  return { title: `inputs of ${areas.size} areas have a test`, tried: wanted.length, problems };
}

/** A service with every text wherever a text may stand. */
function aHostileToolbox(folder: string): { readonly compose: string; readonly manifest: string } {
  const box = aToolbox();
  const environment = Object.fromEntries(TEXTS.map((text, index) => [`TEXT_${index}`, EnvironmentValue.literal(text)]));
  const args = Object.fromEntries(TEXTS.map((text, index) => [`TEXT_${index}`, text]));
  const image = Image.fromBuild('containers/codex-cli', {
    repository: 'example/app',
    tag: '1.2.3',
    args,
    user: User.of(10001),
    healthTools: ['curl'],
  });
  const app = aService(box, 'app', {
    image,
    environment,
    command: TEXTS,
    entrypoint: ['sh', ...TEXTS],
    healthCheck: HealthCheck.command(['curl', ...TEXTS]),
  });
  app.overrideCompose('labels', Object.fromEntries(TEXTS.map((text, index) => [`text-${index}`, text])), 'Because');
  TEXTS.forEach((text, index) =>
    app.patchKubernetes(JsonPatch.add(`/metadata/annotations/text-${index}`, text), 'Because'),
  );
  const { files, findings } = Testing.synth(box);
  if (findings.length > 0) { throw new Error(findings.map(({ rule, message }) => `${rule}: ${message}`).join('\n')); }
  Object.entries(files).forEach(([path, content]) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  });
  const fileOf = (pattern: RegExp, holds: string): string => (
    join(folder, Object.keys(files).find((path) => pattern.test(path) && files[path].includes(holds))!));
  return { compose: fileOf(COMPOSE_FILE, 'services:'), manifest: fileOf(MANIFEST, 'kind: Deployment\n') };
}

/** Docker Compose doubles each dollar again in what it prints. */
function composeReads(file: string): Table {
  const { services } = JSON.parse(run('docker', 'compose', '--file', file, 'config', '--format', 'json')) as {
    services: { app: any };
  };
  const app = services.app;
  const found: Readonly<Record<string, readonly string[]>> = {
    environment: TEXTS.map((_, index) => app.environment[`TEXT_${index}`]),
    command: app.command,
    entrypoint: app.entrypoint.slice(1),
    healthcheck: app.healthcheck.test.slice(2),
    labels: TEXTS.map((_, index) => app.labels[`text-${index}`]),
    args: TEXTS.map((_, index) => app.build.args[`TEXT_${index}`]),
  };
  const problems = Object.entries(found).flatMap(([where, texts]) =>
    TEXTS.flatMap((text, index) =>
      texts[index] === text.replaceAll('$', '$$$$') ? [] : [problem(where, text, texts[index])],
    ),
  );
  return { title: 'texts are read back by Docker Compose', tried: TEXTS.length * Object.keys(found).length, problems };
}

function kubectlReads(file: string): Table {
  const read = run('kubectl', 'annotate', '--local', '--filename', file, '--output', 'json', 'seen=yes');
  // one document after the other
  const workload = read
    .split(/\n(?=\{)/)
    .map((text) => JSON.parse(text) as any)
    .find(({ kind }) => kind === 'Deployment');
  const [container] = workload.spec.template.spec.containers;
  const found: Readonly<Record<string, readonly string[]>> = {
    env: container.env.map(({ value }: { value?: string }) => value ?? ''),
    args: container.args,
    command: container.command.slice(1),
    annotations: TEXTS.map((_, index) => workload.metadata.annotations[`text-${index}`]),
    probe: container.readinessProbe.exec.command.slice(1),
  };
  // variables are sorted by name
  const inOrder = TEXTS.map((text, index) => [`TEXT_${index}`, text] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, text]) => text);
  const problems = Object.entries(found).flatMap(([where, texts]) =>
    (where === 'env' ? inOrder : TEXTS).flatMap((text, index) =>
      (where === 'annotations' ? text : expansionText(text)) === texts[index] ? [] : [problem(where, text, texts[index])],
    ),
  );
  return { title: 'texts are read back by kubectl', tried: TEXTS.length * Object.keys(found).length, problems };
}

function problem(where: string, text: string, found: string | undefined): string {
  return `${where}: ${JSON.stringify(text)} is read as ${JSON.stringify(found)}`;
}

function run(program: string, ...args: readonly string[]): string {
  // nothing of the caller's environment may stand in for a variable
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    encoding: 'utf8',
    timeout: 60_000,
    env: { PATH: process.env.PATH, HOME: process.env.HOME },
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status !== 0 || stderr !== '') {
    throw new Error(`${[program, ...args].join(' ')}: ${error?.message ?? stderr}`);
  }
  return stdout;
}

function main([list = '']: readonly string[]): number {
  if (!existsSync(list)) {
    console.error(`hostile-inputs: there is no ${JSON.stringify(list)}`);
    return 2;
  }
  const folder = mkdtempSync(join(tmpdir(), 'hostile-inputs-'));
  try {
    const { compose, manifest } = aHostileToolbox(folder);
    const tables = [compareLists(list), composeReads(compose), kubectlReads(manifest)];
    for (const { title, tried, problems } of tables) {
      problems.forEach((one) => console.error(one));
      console.log(
        `${problems.length === 0 ? 'ok  ' : 'FAIL'} ${title}: ${tried} tried, ${tried - problems.length} as expected`,
      );
    }
    return tables.every(({ problems }) => problems.length === 0) ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

process.exitCode = main(process.argv.slice(2));
