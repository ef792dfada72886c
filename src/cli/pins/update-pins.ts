import { replaceFile } from '../../assembly/replace-file';
import { hasErrors } from '../../model/rule-facts';
import { lookUpPins } from '../../registry/look-up-pins';
import { planUpdate, Update, UpdatePlan } from '../../registry/plan-update';
import { ImagePin } from '../../registry/read-pins';
import { printable } from '../../util/printable';
import { unifiedDiff } from '../../util/unified-diff';
import { Arguments } from '../arguments';
import { printFindings, printJson } from '../session';
import { ExitCode, Terminal } from '../terminal';

/** The result of an update. */
interface Outcome extends UpdatePlan {
  /** Inventories that were written. */
  readonly written: readonly string[];
  /** Changes that a dry run would make. */
  readonly diffs: readonly string[];
}

/** Implements `toolbox pins update`: edits all files in memory before the first one is replaced. */
export async function updatePins(
  root: string,
  pins: readonly ImagePin[],
  args: Arguments,
  terminal: Terminal,
): Promise<ExitCode> {
  const plan = planUpdate(root, await lookUpPins(pins, true));
  const outcome = args['dry-run'] === true ? show(plan) : write(root, plan);
  if (args.json) {
    const { findings, updated, unchanged, written, diffs } = outcome;
    printJson({ findings, updated, unchanged, written, diffs }, terminal);
  } else {
    printFindings(outcome.findings, args, terminal);
    terminal.out(args.quiet ? '' : report(outcome, args['dry-run'] === true));
  }
  return hasErrors(outcome.findings) ? ExitCode.FINDINGS : ExitCode.SUCCESS;
}

function show(plan: UpdatePlan): Outcome {
  return {
    ...plan,
    written: [],
    diffs: plan.rewrites.map(({ file, before, text }) => unifiedDiff(file, before, text)),
  };
}

/** Replaces files atomically, one by one. Stops at the first file that cannot be written. */
function write(root: string, plan: UpdatePlan): Outcome {
  const written: string[] = [];
  for (const { file, text } of plan.rewrites) {
    const findings = replaceFile(root, file, text);
    if (findings.length > 0) { return { ...plan, findings, written, diffs: [] }; }
    written.push(file);
  }
  return { ...plan, written, diffs: [] };
}

function report({ findings, updated, unchanged, written, diffs }: Outcome, isDry: boolean): string {
  const files = written.map((file) => `wrote ${printable(file)}\n`).join('');
  if (hasErrors(findings)) { return files === '' ? 'nothing was written\n' : files; }
  const closing = `${updated.length} ${isDry ? 'to update' : 'updated'}, ${unchanged.length} as recorded\n`;
  const next = written.length === 0 ? '' : 'Run "npx toolbox-constructs synth" to update the generated files.\n';
  return [...updated.map(line), ...diffs, files, closing, next].join('');
}

function line({ component, image, digest, kind }: Update): string {
  return `${printable(`${component}: ${image} is ${digest}${kind === 'manifest' ? ', for one platform only' : ''}`)}\n`;
}
