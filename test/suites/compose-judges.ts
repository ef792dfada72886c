import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Ajv } from 'ajv';
import { parse } from 'yaml';
import { OutputFile } from '../../src/plan/output-file';
import { renderCompose } from '../../src/targets/compose';
import { FIXTURE_PLAN } from '../parity/fixture-plan';
import { hostilePlan, hostileVariables } from '../targets/compose/hostile-plan';

/**
 * Lets others judge the compose files below a folder, and two that are rendered here (one with every kind of fact, one with hostile text):
 * the JSON Schema of the Compose specification, dclint, and Docker Compose v2 itself, which must read them without a warning.
 *
 * Usage: compose-judges.ts <folder with compose-spec.json> [folder with compose files, by default dist/compose]
 *
 * Docker Compose is the program in the variable DOCKER_COMPOSE, or else `docker compose`. Needs no engine. A judge that is missing is a
 * failure (exit code 2).
 */
interface ComposeFile {
  readonly services: Readonly<Record<string, { readonly profiles?: readonly string[]; readonly env_file?: readonly { readonly path: string }[] }>>;
}

interface Case {
  readonly title: string;
  readonly files: readonly OutputFile[];
}

class Missing extends Error {}

function main([dataFolder = '', composeFolder = 'dist/compose']: readonly string[]): number {
  const scratch = mkdtempSync(join(tmpdir(), 'compose-judges-'));
  try {
    const compose = composeProgram();
    const schema = schemaJudge(join(dataFolder, 'compose-spec.json'));
    const cases = [committed(composeFolder), ...rendered()];
    const problems = cases.flatMap(({ title, files }, index) => judge(join(scratch, String(index)), files, schema, compose).map(problem => `${title}: ${problem}`));
    problems.forEach(problem => console.error(problem));
    console.log(`compose-judges: ${cases.length} toolboxes, schema, dclint, ${compose.version}: ${problems.length} problems`);
    return problems.length === 0 ? 0 : 1;
  } catch (error) {
    if (error instanceof Missing) {
      console.error(`compose-judges: ${error.message}`);
      return 2;
    }
    throw error;
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

function committed(folder: string): Case {
  const names = existsSync(folder) ? readdirSync(folder, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile()) : [];
  if (!names.some(entry => isComposeFile(`compose/${entry.name}`))) {
    throw new Missing(`no compose file in ${folder}`);
  }
  const files = names.map(entry => join(entry.parentPath, entry.name))
    .map(path => ({ path: `compose/${path.slice(folder.length + 1)}`, content: readFileSync(path, 'utf8') }));
  return { title: folder, files };
}

function rendered(): Case[] {
  return [
    { title: 'every fact', files: renderCompose(FIXTURE_PLAN).files },
    { title: 'approved', files: renderCompose({ ...FIXTURE_PLAN, stage: 'approved' }).files },
    { title: 'hostile', files: renderCompose(hostilePlan()).files },
  ];
}

function isComposeFile(path: string): boolean {
  return /^compose\/docker-compose(\.draft)?\.yml$/.test(path);
}

function judge(project: string, files: readonly OutputFile[], schema: (document: unknown) => string[], compose: ComposeProgram): string[] {
  writeProject(project, files);
  return files.filter(file => isComposeFile(file.path)).flatMap(({ path, content }) => {
    const document = parse(content) as ComposeFile;
    return [...schema(document), ...lint(join(project, 'dist', path)), ...accept(compose, join(project, 'dist', path), document)];
  });
}

/** A project folder as a person would have it: the output, and each env file copied from its example. */
function writeProject(project: string, files: readonly OutputFile[]): void {
  for (const { path, content } of files) {
    const target = join(project, 'dist', path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, content);
    if (/^compose\/[^/]+\.example$/.test(path)) {
      cpSync(target, join(project, path.slice('compose/'.length, -'.example'.length)));
    }
  }
}

function schemaJudge(path: string): (document: unknown) => string[] {
  if (!existsSync(path)) {
    throw new Missing(`no schema at ${path}`);
  }
  // its own name of draft-07 is not the one that ajv knows
  const { $schema: _, ...schema } = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
  const validate = new Ajv({ strict: false, validateFormats: false, allErrors: true }).compile(schema);
  return document => (validate(document) ? [] : (validate.errors ?? []).map(error => `schema: ${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`));
}

function lint(path: string): string[] {
  const bin = join(dirname(require.resolve('dclint/package.json')), 'bin/dclint.cjs');
  const { stdout, stderr } = run(process.execPath, [bin, '--formatter', 'json', path]);
  const results = JSON.parse(stdout === '' ? 'null' : stdout) as { messages: { rule: string; line: number; message: string }[] }[] | null;
  if (results?.length !== 1) {
    throw new Missing(`dclint did not judge ${path}: ${stderr || stdout}`);
  }
  return results[0].messages.map(({ rule, line, message }) => `dclint: ${rule} at line ${line}: ${message}`);
}

interface ComposeProgram {
  readonly version: string;
  config(file: string, args: readonly string[]): ReturnType<typeof run>;
}

function composeProgram(): ComposeProgram {
  const [program, ...words] = process.env.DOCKER_COMPOSE === undefined ? ['docker', 'compose'] : [process.env.DOCKER_COMPOSE];
  const { status, stdout } = run(program, [...words, 'version', '--short']);
  if (status !== 0 || !/^v?([2-9]|\d\d)\./.test(stdout)) {
    throw new Missing(`no Docker Compose v2: ${[program, ...words].join(' ')} answered ${JSON.stringify(stdout)}`);
  }
  return { version: `compose ${stdout.trim()}`, config: (file, args) => run(program, [...words, '--file', file, ...args]) };
}

/** Docker Compose must take the file with no part, each part and all parts; and give back the very text that the plan had. */
function accept(compose: ComposeProgram, file: string, document: ComposeFile): string[] {
  const parts = [...new Set(Object.values(document.services).flatMap(service => service.profiles ?? []))].sort();
  const choices = [[], ...parts.map(part => ['--profile', part]), ['--profile', '*']];
  const refused = choices.flatMap(choice => {
    const { status, stderr } = compose.config(file, [...choice, 'config', '--quiet']);
    return status === 0 && stderr === '' ? [] : [`compose config ${choice.join(' ')}: exit code ${status}: ${stderr}`];
  });
  return refused.length > 0 ? refused : compareText(compose, file, document);
}

function compareText(compose: ComposeProgram, file: string, document: ComposeFile): string[] {
  const { stdout } = compose.config(file, ['--profile', '*', 'config', '--format', 'json']);
  const { services } = JSON.parse(stdout) as { services: Record<string, { environment?: Record<string, string> }> };
  const lost = Object.keys(document.services).filter(name => services[name] === undefined).map(name => `compose config: no service ${name}`);
  // it doubles each dollar again in what it prints
  const found = Object.entries(services.hostile?.environment ?? {}).map(([name, value]) => [name, value.replaceAll('$$', '$')]);
  const changed = found.filter(([name, value]) => hostileVariables()[name] !== value)
    .map(([name, value]) => `compose config: ${name} is ${JSON.stringify(value)} and not ${JSON.stringify(hostileVariables()[name])}`);
  return [...lost, ...changed];
}

function run(program: string, args: readonly string[]): { status: number | null; stdout: string; stderr: string } {
  // nothing of the caller's environment may stand in for a variable
  const { status, stdout, stderr } = spawnSync(program, args, {
    encoding: 'utf8',
    timeout: 60_000,
    env: { PATH: process.env.PATH, HOME: process.env.HOME },
    maxBuffer: 64 * 1024 * 1024,
  });
  return { status, stdout: stdout ?? '', stderr: stderr ?? '' };
}

process.exitCode = main(process.argv.slice(2));
