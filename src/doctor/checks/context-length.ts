import { contentText, PieceText } from '../../plan/file-content';
import { Plan } from '../../plan/plan';
import { Examination, Examiner, Result } from '../examination';
import { fullName, OllamaFacts, ollamasOf } from '../facts';
import { hostServer, LOOPBACK } from '../machine/host-server';
import { dig, listAt, textAt } from '../machine/loose-json';

/** The first request of codex, with nothing expected yet, is about 8,000 tokens. */
const LEAST_FOR_CODEX = 8192;
const SERVER_VARIABLE = 'OLLAMA_CONTEXT_LENGTH';

/** Whether the model takes, and is given, as many tokens of context as the agent needs. */
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
 * What the container in its place is given, since both serve the same agent. Otherwise what the configuration of codex
 * says, otherwise what codex needs at the very least.
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
  /** What the model was made for. */
  readonly most: number | undefined;
  /** What its own parameters say. */
  readonly set: number | undefined;
  /** What the server gives it, while it is loaded. */
  readonly now: number | undefined;
}

function judge(facts: Pick<Result, 'subject' | 'expected'>, needed: number, { most, set, now }: Tokens): Result {
  if (most === undefined) {
    return { ...facts, status: 'not-checked', found: 'Ollama does not say it' };
  }
  if (most < needed) {
    return { ...facts, status: 'failure', found: `it takes ${most} at most`, fix: 'Choose a model that takes more.' };
  }
  if (now !== undefined && now < needed) {
    return {
      ...facts,
      status: 'failure',
      found: `it is loaded with ${now} of ${most}`,
      fix: `Start the server with it: ${SERVER_VARIABLE}=${needed} ollama serve`,
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
      ? `; what the server gives is seen only while it is loaded, and set by ${SERVER_VARIABLE}=${needed}`
      : `, and is loaded with ${now}`;
  return { ...facts, status: 'ok', found: `it takes up to ${most}${given}` };
}

/** The key carries the name of the architecture: `gptoss.context_length`. */
function mostTokens(shown: unknown): number | undefined {
  const info = dig(shown, 'model_info');
  const architecture = textAt(info, 'general.architecture') ?? '';
  return [dig(info, `${architecture}.context_length`)].find(isTokens);
}

/** Parameters are text, a line each: `num_ctx    32768`. */
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
