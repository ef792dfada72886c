import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { CannotJudge } from './cannot-judge';
import { Judge, Verdict } from './judge';
import { composeFiles, Subjects } from './subjects';
import { Ran, Tools } from './tools';
import { hostileVariables } from '../../targets/compose/hostile-plan';
import { requiredVariables } from '../required-variables';

interface ComposeFile {
  readonly services: Readonly<Record<string, { readonly profiles?: readonly string[] }>>;
}

type Config = (...words: readonly string[]) => Ran;

/**
 * Docker Compose v2 must take each file with no part, each part and all parts, without a warning, and give back the
 * text that the plan had.
 */
export const DOCKER_COMPOSE: Judge = { linter: 'docker-compose', judge };

function judge(subjects: Subjects, tools: Tools): Verdict {
  const version = tools.run('docker', ['compose', 'version', '--short'], [0]).stdout.trim();
  if (!/^v?([2-9]|\d\d)\./.test(version)) {
    throw new CannotJudge(`Docker Compose ${version} is not v2.`);
  }
  const files = composeFiles([...subjects.toolboxes, ...subjects.trials]);
  const findings = files.flatMap(({ project, file }) => {
    const text = readFileSync(file, 'utf8');
    const variables = join(subjects.scratch, `${project.title.replaceAll(/\W+/g, '-')}.env`);
    writeFileSync(variables, Object.entries(requiredVariables(text)).map((entry) => `${entry.join('=')}\n`).join(''));
    const base = ['compose', '--file', file, '--env-file', variables];
    const config: Config = (...words) => tools.run('docker', [...base, ...words], [0, 1, 14, 15, 18]);
    return problems(config, parse(text) as ComposeFile).map((message) => ({
      check: 'config',
      where: project.title,
      message,
    }));
  });
  return { version, files: files.length, findings };
}

function problems(config: Config, document: ComposeFile): string[] {
  const parts = [...new Set(Object.values(document.services).flatMap(({ profiles }) => profiles ?? []))].sort();
  const choices = [[], ...parts.map((part) => ['--profile', part]), ['--profile', '*']];
  const refused = choices.flatMap((choice) => {
    const { status, stderr } = config(...choice, 'config', '--quiet');
    return status === 0 && stderr === '' ? [] : [`${choice.join(' ')}: exit code ${status}: ${stderr}`];
  });
  return refused.length > 0 ? refused : changedTexts(config, document);
}

function changedTexts(config: Config, document: ComposeFile): string[] {
  const { stdout } = config('--profile', '*', 'config', '--format', 'json');
  const { services } = JSON.parse(stdout) as { services: Record<string, { environment?: Record<string, string> }> };
  const lost = Object.keys(document.services)
    .filter((name) => services[name] === undefined)
    .map((name) => `no service ${name}`);
  const wanted = hostileVariables();
  // it doubles each dollar again in what it prints
  const found = Object.entries(services.hostile?.environment ?? {}).map(([name, value]) => [
    name,
    value.replaceAll('$$', '$'),
  ]);
  const changed = found.filter(([name, value]) => wanted[name] !== value);
  return [
    ...lost,
    ...changed.map(([name, value]) => `${name} is ${JSON.stringify(value)} and not ${JSON.stringify(wanted[name])}`),
  ];
}
