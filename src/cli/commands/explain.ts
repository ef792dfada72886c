import { explain as explainSubject, Explanation } from '../../explain/explanation';
import { fileState } from '../../explain/file-state';
import { findPlace, lineText } from '../../explain/find-place';
import { readLocation } from '../../explain/location';
import { Places } from '../../explain/places';
import { Failure } from '../../model/failure';
import { Plan } from '../../plan/plan';
import { Command } from '../command';
import { ExitCode } from '../exit-code';
import { formatExplanation } from '../explain/format-explanation';
import { planOf } from '../plan-of';
import { APP_OPTIONS, openSession, printJson, reportFailure, Session } from '../session';

const DESCRIPTION = `Says what is behind a place in a generated file: which construct, which line of the
model writes it, which pins feed it, which rules judge it, which waiver or override
touches it. Places are looked up in the committed files.

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
    if (args.json) {
      printJson(explanation, terminal);
    } else {
      terminal.out(args.quiet ? quietly(explanation) : formatExplanation(explanation, terminal.outColor));
    }
    return ExitCode.FINE;
  },
};

function explainPlace(
  plan: Plan,
  { project: { root, outdir }, document, usable }: Session,
  operands: readonly string[],
): Explanation {
  const places = new Places(root, outdir, plan);
  const location = readLocation(operands, places, process.cwd());
  const { file, line, at, subject } = findPlace(plan, location, places);
  const text = places.read(file);
  const state = usable ? fileState(plan, location.kind, file, text) : 'not-known';
  return {
    file: places.label(file),
    line,
    text: lineText(text, line),
    at,
    state,
    ...explainSubject(plan, subject, document?.sources ?? {}),
  };
}

function quietly({ constructs: [{ path, location }] }: Explanation): string {
  return location === undefined ? `${path}\n` : `${path} ${location.file}:${location.line}\n`;
}
