import { isDeepStrictEqual } from 'node:util';
import { AS_WRITTEN, BACKWARDS, buildRecipe, Order } from './build-recipe';
import { Recipe } from './recipe';
import { judgeFiles } from '../../src/assembly/private/output-path';
import { Finding } from '../../src/core';
import { hasErrors } from '../../src/model/rule-facts';
import { Plan } from '../../src/plan/plan';
import { Synthesis, synthesize } from '../../src/synth';
import { renderCompose } from '../../src/targets/compose';
import { renderKubernetes } from '../../src/targets/kubernetes';
import { COMPOSE_FILE, MANIFEST, READERS } from '../hostile/readers';
import { parityProblems } from '../parity/compare-facts';
import { planFacts } from '../parity/plan-facts';
import { composeFacts, kubernetesFacts } from '../parity/stated-facts';

/** What became of a model. */
export interface Verdict {
  /** Files were made. */
  readonly accepted: boolean;
  /** What must never be, whatever the model says; empty when all is well. */
  readonly problems: readonly string[];
  readonly synthesis?: Synthesis;
}

/** Further judges of what was made. */
export type Judge = (synthesis: Synthesis) => readonly string[];

/** No model may take longer than this, in milliseconds of this process: on a busy machine a clock says little. */
const LONGEST = 5000;

/** Refused with a finding, or valid for every judge; the same whatever the order; never a crash, and never for ever. */
export function judgeRecipe(recipe: Recipe, judges: readonly Judge[] = [], order: Order = BACKWARDS): Verdict {
  const begin = process.cpuUsage();
  let synthesis: Synthesis;
  let again: Synthesis;
  try {
    synthesis = synthesize(buildRecipe(recipe, AS_WRITTEN));
    again = synthesize(buildRecipe(recipe, order));
  } catch (error) {
    return { accepted: false, problems: [`crash: ${(error as Error).stack}`] };
  }
  const accepted = !hasErrors(synthesis.findings);
  const milliseconds = Math.round(process.cpuUsage(begin).user / 1000);
  const problems = [
    ...(milliseconds > LONGEST ? [`slow: ${milliseconds} ms`] : []),
    ...synthesis.findings.flatMap(findingProblems),
    ...orderProblems(synthesis, again),
    ...planProblems(synthesis.plan),
    ...(accepted
      ? [fileProblems, storyProblems, ...judges].flatMap((judge) => attempt(judge, synthesis))
      : synthesis.files.map(({ path }) => `${path} is made of a model with an error`)),
  ];
  return { accepted, problems, synthesis };
}

function attempt(judge: Judge, synthesis: Synthesis): readonly string[] {
  try {
    return judge(synthesis);
  } catch (error) {
    return [`judge ${judge.name}: ${(error as Error).stack}`];
  }
}

function findingProblems({ rule, severity, path, message, fix }: Finding): string[] {
  const text = `${rule} ${path ?? ''}: ${message} ${fix}`;
  return [
    ...(rule === '' || message.trim() === '' || fix.trim() === '' || !['error', 'warning'].includes(severity)
      ? [`a finding says too little: ${text}`]
      : []),
    ...(/\[object |\bundefined\b/.test(message) ? [`a finding shows the program: ${text}`] : []),
    ...(message.length > 20_000 ? [`a finding of ${message.length} characters: ${rule}`] : []),
  ];
}

function orderProblems(first: Synthesis, second: Synthesis): string[] {
  const findings = ({ findings: list }: Synthesis): unknown =>
    list.map(({ rule, path, message, waived }) => [rule, path, message, waived]);
  return [
    ...(isDeepStrictEqual(findings(first), findings(second))
      ? []
      : [`the order counts for findings: ${JSON.stringify([findings(first), findings(second)])}`]),
    ...first.files.flatMap((file, index) =>
      isDeepStrictEqual(file, second.files[index]) ? [] : [`the order counts for ${file.path}`],
    ),
  ];
}

/** A plan is printed and handed over as JSON: nothing may be lost on the way. */
function planProblems(plan: Plan): string[] {
  const text = JSON.stringify(plan);
  return JSON.stringify(JSON.parse(text)) === text ? [] : ['the plan is not plain data'];
}

function fileProblems({ files }: Synthesis): string[] {
  return [
    ...(files.length === 0 ? ['no files'] : []),
    ...judgeFiles(files).map(({ message }) => message),
    ...files
      .filter(({ path }) => /\.ya?ml$/.test(path) && (COMPOSE_FILE.test(path) || MANIFEST.test(path)))
      .flatMap(({ path, content }) => readerProblems(path, content)),
  ];
}

function readerProblems(path: string, content: string): string[] {
  const [first, ...others] = Object.entries(READERS).map(([reader, read]) => ({ reader, documents: read(content) }));
  return [
    ...others
      .filter(({ documents }) => !isDeepStrictEqual(documents, first.documents))
      .map(({ reader }) => `${path}: ${reader} reads something else than ${first.reader}`),
    ...(/^[^'"|#]*: [&*!]/m.test(content) ? [`${path}: an anchor, alias or tag`] : []),
  ];
}

/** Compares both targets with the plan; overrides of a single target are ignored. */
function storyProblems({ plan: whole }: Synthesis): string[] {
  const plan = {
    ...whole,
    templates: [],
    services: whole.services.map((service) => ({ ...service, overrides: { compose: [], kubernetes: [] } })),
  };
  const compose = renderCompose(plan);
  const kubernetes = renderKubernetes(plan);
  return [
    ...parityProblems(plan, planFacts(plan, 'workstation'), composeFacts(compose.files, plan), compose.fidelity).map(
      (problem) => `compose: ${problem}`,
    ),
    ...parityProblems(plan, planFacts(plan, 'cluster'), kubernetesFacts(kubernetes.files), kubernetes.fidelity).map(
      (problem) => `kubernetes: ${problem}`,
    ),
  ];
}
