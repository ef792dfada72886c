import { DOCUMENT_VARIABLE, writeDocument } from './assembly/document';
import { formatFindings, hasErrors } from './assembly/format-findings';
import { Finding } from './model/finding';
import { Toolbox } from './model/toolbox';
import { FidelityEntry } from './plan/fidelity';
import { OutputFile } from './plan/output-file';
import { Plan } from './plan/plan';
import { resolve } from './plan/resolve';
import { closingRules, judge, planRules } from './rules';

/** What a model becomes. */
export interface Synthesis {
  readonly plan: Plan;
  /** Everything that is wrong, waived or not. */
  readonly findings: readonly Finding[];
  /** Every generated file, sorted by path; empty when a finding is an error that no waiver lets through. */
  readonly files: readonly OutputFile[];
}

/** From the tree to files in memory: resolve, judge, render. Targets are loaded only when there is something to render. */
export function synthesize(toolbox: Toolbox): Synthesis {
  const { plan, findings: read, sourceOf } = resolve(toolbox);
  const judged = [...read, ...judge(plan, planRules, sourceOf, { findings: read, fidelity: [] })];
  if (hasErrors(judged)) {
    return { plan, findings: judged, files: [] };
  }
  const { files, fidelity } = render(plan);
  const findings = [...judged, ...judge(plan, closingRules, sourceOf, { findings: judged, fidelity })];
  return { plan, findings, files: hasErrors(findings) ? [] : files };
}

/** Hands the result to the command that asked for it; run by itself, writes the files and tells the findings. */
export function synth(toolbox: Toolbox): void {
  const synthesis = synthesize(toolbox);
  const document = process.env[DOCUMENT_VARIABLE];
  if (document === undefined) {
    writeAlone(synthesis);
  } else {
    const { plan, findings, files } = synthesis;
    writeDocument(document, { schemaVersion: 1, source: plan.source, outdir: plan.outdir, plan, findings, files });
  }
}

/* eslint-disable @typescript-eslint/no-require-imports */
function writeAlone({ plan, findings, files }: Synthesis): void {
  const { recoverOutput, writeOutput } = require('./assembly/write-output') as typeof import('./assembly/write-output');
  const written = hasErrors(findings) ? recoverOutput(plan.outdir) : writeOutput(plan.outdir, files, { source: plan.source }).findings;
  const all = [...findings, ...written];
  process.stderr.write(formatFindings(all));
  process.exitCode = hasErrors(all) ? 1 : 0;
}

function render(plan: Plan): { files: OutputFile[]; fidelity: FidelityEntry[] } {
  const { renderCompose } = require('./targets/compose') as typeof import('./targets/compose');
  const { renderKubernetes } = require('./targets/kubernetes') as typeof import('./targets/kubernetes');
  const { renderDocs } = require('./targets/docs') as typeof import('./targets/docs');
  const compose = renderCompose(plan);
  const kubernetes = renderKubernetes(plan);
  const fidelity = [...compose.fidelity, ...kubernetes.fidelity];
  const files = [...compose.files, ...kubernetes.files, ...renderDocs(plan, fidelity)];
  return { files: files.sort((a, b) => (a.path < b.path ? -1 : 1)), fidelity };
}
