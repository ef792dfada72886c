import { explain as explainOrigin, Explanation } from '../../explain/explanation';
import { findPlace } from '../../explain/find-place';
import { readLocation } from '../../explain/location';
import { Places } from '../../explain/places';
import { fidelityOf } from '../../explain/target-files';
import { Failure } from '../../model/failure';
import { Plan } from '../../plan/plan';
import { Command } from '../command';
import { formatExplanation } from '../explain/format-explanation';
import { planOf } from '../plan-of';
import { APP_OPTIONS, openSession, printJson, reportFailure, Session } from '../session';
import { ExitCode } from '../terminal';

const DESCRIPTION = `Explains a line or field of a generated file: its construct and the line of the
model that creates it, its pins, the rules that judge it, its waivers and overrides.

  toolbox explain compose 42
  toolbox explain compose services.ollama.image
  toolbox explain kubernetes services/ollama.yaml:30
  toolbox explain kubernetes Deployment/ollama spec.template.spec.containers[0].image
  toolbox explain status "Who reaches whom"
  toolbox explain dist/compose/config.draft/codex-cli/config.toml:3`;

/** `toolbox explain` */
export const explain: Command = {
  description: DESCRIPTION,
  options: APP_OPTIONS,
  operands: { usage: 'TARGET LOCATION', least: 1, most: 32 },
  async run(args, terminal, operands) {
    const session = await openSession(args, terminal, { request: 'sources' });
    if (session instanceof Failure) { return reportFailure(session, args, terminal); }
    const plan = planOf(session);
    if (plan instanceof Failure) { return reportFailure(plan, args, terminal); }
    const explanation = explainPlace(plan, session, operands);
    if (explanation instanceof Failure) { return reportFailure(explanation, args, terminal); }
    if (args.json) {
      printJson(explanation, terminal);
    } else {
      terminal.out(args.quiet ? quietly(explanation) : formatExplanation(explanation, terminal.outColor));
    }
    return ExitCode.SUCCESS;
  },
};

function explainPlace(
  plan: Plan,
  { project: { root, outdir }, document, usable, findings }: Session,
  operands: readonly string[],
): Explanation | Failure {
  const places = new Places(root, outdir, plan);
  const location = readLocation(operands, places, process.cwd());
  try {
    const { file, origin, ...place } = findPlace(plan, location, places, usable ? [] : findings);
    const fidelity = usable ? () => fidelityOf(plan) : undefined;
    return { file: places.label(file), ...place, ...explainOrigin(plan, origin, document?.sources ?? {}, fidelity) };
  } catch (error) {
    if (error instanceof Failure) { return error; }
    throw error;
  }
}

function quietly({ constructs: [{ path, location }] }: Explanation): string {
  return location === undefined ? `${path}\n` : `${path} ${location.file}:${location.line}\n`;
}
