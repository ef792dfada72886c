import { DOCUMENT_VARIABLE, KeptFile, REQUEST_VARIABLE, SynthRequest, writeDocument } from './assembly/document';
import { formatFindings } from './cli/format-findings';
import type { OverriddenTarget, OverrideReport } from './judge-overrides';
import { Finding, SourceLocation } from './model/finding';
import { hasErrors } from './model/rule-facts';
import { Toolbox } from './model/toolbox';
import { Plan } from './plan/plan';
import { Resolution, resolve } from './plan/resolve';
import { overridden } from './plan/resolve-overrides';
import { FidelityEntry, OutputFile } from './plan/target-output';
import { judge, judgeMerged, outputRules, ownRules, planRules, redactFindings } from './rules';
import { lazy } from './util/lazy';

const writer = lazy(() => require('./assembly/write-output') as typeof import('./assembly/write-output'));
const composeTarget = lazy(() => require('./targets/compose') as typeof import('./targets/compose'));
const kubernetesTarget = lazy(() => require('./targets/kubernetes') as typeof import('./targets/kubernetes'));
const overrideJudge = lazy(() => require('./judge-overrides') as typeof import('./judge-overrides'));
const docsTarget = lazy(() => require('./targets/docs') as typeof import('./targets/docs'));

/** The result of a synthesis. */
export interface Synthesis {
  readonly plan: Plan;
  /** All findings, including waived ones. */
  readonly findings: readonly Finding[];
  /**
   * Every generated file, sorted by path; empty when a finding is an error that no waiver lets through, or when none
   * was asked for.
   */
  readonly files: readonly OutputFile[];
  /** Files that were approved earlier and stay as they are beside a draft; sorted by path. */
  readonly kept: readonly KeptFile[];
  /** Where a construct was written. */
  sourceOf(constructPath: string): SourceLocation | undefined;
}

/**
 * From the tree to files in memory: resolve, judge, render. Targets are loaded only when there is something to render.
 */
export function synthesize(toolbox: Toolbox, request: SynthRequest = 'files'): Synthesis {
  const { plan, findings: read, sourceOf } = resolve(toolbox);
  const judged = [
    ...read,
    ...judge(plan, [...planRules, ...ownRules(plan)], sourceOf, { findings: read }),
  ];
  if (hasErrors(judged) || request === 'plan' || request === 'sources') {
    return { plan, findings: redactFindings(judged), files: [], kept: [], sourceOf };
  }
  const approving = request === 'approved-files';
  const { files, fidelity, overrides } = render(approving ? { ...plan, stage: 'approved' } : plan);
  const before = [...judged, ...judgeMerged(plan, overrides.chains, sourceOf)];
  // an earlier approval does not limit a new one
  const findings = [
    ...before,
    ...judge(approving ? { ...plan, stage: 'draft' } : plan, outputRules, sourceOf, {
      findings: before,
      fidelity,
      files,
      overrideProblems: overrides.problems,
    }),
  ];
  const result = { plan, findings: redactFindings(findings), sourceOf };
  return hasErrors(findings) ? { ...result, files: [], kept: [] } : { ...result, files, kept: keptFiles(plan, files) };
}

/** A new approval replaces what was approved before; a draft does not. */
function keptFiles({ stage, gate }: Plan, files: readonly OutputFile[]): KeptFile[] {
  const generated = new Set(files.map(({ path }) => path));
  return stage === 'draft' ? (gate.approval?.files ?? []).filter(({ path }) => !generated.has(path)) : [];
}

/** Hands the result to the command that asked for it; run by itself, writes the files and reports the findings. */
export function synth(toolbox: Toolbox): void {
  const document = process.env[DOCUMENT_VARIABLE];
  if (document === undefined) {
    writeAlone(synthesize(toolbox));
  } else {
    const request = process.env[REQUEST_VARIABLE] as SynthRequest | undefined;
    const { plan, findings, files, kept, sourceOf } = synthesize(toolbox, request);
    const sources = request === 'sources' ? sourcesOf(toolbox, sourceOf) : undefined;
    writeDocument(document, {
      schemaVersion: 1,
      source: plan.source,
      outdir: plan.outdir,
      plan,
      sources,
      findings,
      files,
      kept,
    });
  }
}

function sourcesOf(toolbox: Toolbox, sourceOf: Resolution['sourceOf']): Record<string, SourceLocation> {
  const paths = toolbox.node.findAll().map(({ node }) => node.path);
  return Object.fromEntries(paths.flatMap((path) => {
    const location = sourceOf(path);
    return location === undefined ? [] : [[path, location]];
  }));
}

function writeAlone({ plan, findings, files, kept }: Synthesis): void {
  const written = hasErrors(findings)
    ? []
    : writer().writeOutput(plan.outdir, files, { source: plan.source, kept }).findings;
  const all = [...findings, ...written];
  process.stderr.write(formatFindings(all));
  process.exitCode = hasErrors(all) ? 1 : 0;
}

function render(plan: Plan): {
  readonly files: OutputFile[];
  readonly fidelity: FidelityEntry[];
  readonly overrides: OverrideReport;
} {
  const compose = composeTarget().renderCompose(plan);
  const kubernetes = kubernetesTarget().renderKubernetes(plan);
  const overrides = reportOf(plan, compose, kubernetes);
  const fidelity = [...compose.fidelity, ...kubernetes.fidelity];
  const files = [...compose.files, ...kubernetes.files, ...docsTarget().renderDocs(plan, fidelity, overrides.effects)];
  return { files: files.sort((a, b) => (a.path < b.path ? -1 : 1)), fidelity, overrides };
}

function reportOf(plan: Plan, compose: OverriddenTarget, kubernetes: OverriddenTarget): OverrideReport {
  if (overridden(plan).length === 0 && plan.objects === undefined) {
    return { problems: [], chains: [], effects: [] };
  }
  // rules judge what holds by default, not variables
  const judged = plan.templates.length === 0 ? compose : composeTarget().renderCompose({ ...plan, templates: [] });
  return overrideJudge().judgeOverrides(plan, judged, kubernetes);
}
