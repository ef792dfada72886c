import { contentText, PieceText } from '../../plan/file-content';
import { Plan } from '../../plan/plan';
import { Examination, Examiner, Result } from '../examination';
import { fullName, OllamaFacts, ollamasOf } from '../facts';
import { hostServer, LOOPBACK } from '../machine/host-server';
import { dig, listAt, textAt } from '../machine/loose-json';

/** Size in tokens of the first request of codex, before any work. */
const LEAST_FOR_CODEX = 8192;
const SERVER_VARIABLE = 'OLLAMA_CONTEXT_LENGTH';

/** Checks that the context window of the model is large enough for the agent. */
export const contextLength: Examiner = {
  examine: async (examination) =>
    (await Promise.all(ollamasOf(examination.props.plan).map((one) => look(examination, one)))).flat(),
};

async function look(examination: Examination, { service, models }: OllamaFacts): Promise<Result[]> {
  const { ask, plan } = examination.props;
  if (models.length === 0) {
    return [];
  }
  const { address = { host: LOOPBACK, port: service.port } } = await hostServer(
    examination,
    service.port,
    '/api/version',
  );
  const needed = neededTokens(plan, service.clusterService);
  const running = await ask(address, '/api/ps');
  return Promise.all(
    models.map(async (subject) => {
      const shown = await ask(address, '/api/show', { model: subject });
      const facts = { subject, expected: `${needed} tokens or more` };
      if (shown.kind === 'none') {
        return { ...facts, status: 'not-checked' as const, found: `${service.name}: ${shown.reason}` };
      }
      const now = running.kind === 'json' ? runningTokens(running.value, subject) : undefined;
      return judge(facts, needed, { most: mostTokens(shown.value), set: setTokens(shown.value), now });
    }),
  );
}

/**
 * Returns the context length that the replacement container is given, otherwise the one in the codex configuration,
 * otherwise the minimum of codex.
 */
function neededTokens({ services }: Plan, standIn: string | undefined): number {
  const given = services
    .filter(({ name }) => name === standIn)
    .flatMap(({ environment }) => environment)
    .flatMap(({ name, value }) => (name === SERVER_VARIABLE && value.kind === 'literal' ? Number(value.text) : []));
  const configured = services
    .filter(({ client }) => client !== undefined)
    .flatMap(({ mounts }) => mounts)
    .flatMap((mount) => (mount.kind === 'file' ? contentText(mount.file.content, textOfPiece) ?? [] : []))
    .map((text) => Number(/^model_context_window = (\d+)$/m.exec(text)?.[1] ?? Number.NaN));
  return [...given, ...configured].find(isTokens) ?? LEAST_FOR_CODEX;
}

const textOfPiece: PieceText = (piece) => (piece.kind === 'text' ? piece.text : '');

interface Tokens {
  /** Maximum of the model. */
  readonly most: number | undefined;
  /** `num_ctx` of the model. */
  readonly set: number | undefined;
  /** Current value in the server, while the model is loaded. */
  readonly now: number | undefined;
}

function judge(facts: Pick<Result, 'subject' | 'expected'>, needed: number, { most, set, now }: Tokens): Result {
  if (most === undefined) {
    return { ...facts, status: 'not-checked', found: 'Ollama does not report it' };
  }
  if (most < needed) {
    const fix = 'Choose a model with a larger context.';
    return { ...facts, status: 'failure', found: `its maximum is ${most}`, fix };
  }
  if (now !== undefined && now < needed) {
    return {
      ...facts,
      status: 'failure',
      found: `the server loaded it with ${now} of ${most}`,
      fix: `Start the server with ${SERVER_VARIABLE}=${needed} ollama serve`,
    };
  }
  if (now === undefined && set !== undefined && set < needed) {
    return {
      ...facts,
      status: 'failure',
      found: `its num_ctx is ${set} of ${most}`,
      fix: `Set "PARAMETER num_ctx ${needed}" in its Modelfile.`,
    };
  }
  const given =
    now === undefined
      ? `; the current value is known only while it is loaded (set ${SERVER_VARIABLE}=${needed})`
      : `, loaded with ${now}`;
  return { ...facts, status: 'ok', found: `its maximum is ${most}${given}` };
}

/** The key has the architecture as a prefix: `gptoss.context_length`. */
function mostTokens(shown: unknown): number | undefined {
  const info = dig(shown, 'model_info');
  const architecture = textAt(info, 'general.architecture') ?? '';
  return [dig(info, `${architecture}.context_length`)].find(isTokens);
}

/** Parameters are text, one per line: `num_ctx    32768`. */
function setTokens(shown: unknown): number | undefined {
  return [Number(/^num_ctx\s+(\d{1,9})$/m.exec(textAt(shown, 'parameters') ?? '')?.[1] ?? Number.NaN)].find(isTokens);
}

function runningTokens(running: unknown, name: string): number | undefined {
  return listAt(running, 'models')
    .filter((one) => textAt(one, 'name') === fullName(name))
    .map((one) => dig(one, 'context_length'))
    .find(isTokens);
}

function isTokens(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) > 0;
}
