import { shellWord } from '../../targets/host-commands';
import { nearest } from '../../util/nearest';
import { Examination, Examiner, Result } from '../examination';
import { fullName, OllamaFacts, ollamasOf } from '../facts';
import { hostServer, LOOPBACK } from '../machine/host-server';
import { listAt, textAt } from '../machine/loose-json';

/** Checks that Ollama on the host has the models of the agents. */
export const model: Examiner = {
  examine: async (examination) =>
    (await Promise.all(ollamasOf(examination.props.plan).map((one) => look(examination, one)))).flat(),
};

async function look(examination: Examination, { service, models }: OllamaFacts): Promise<Result[]> {
  if (models.length === 0) {
    return [];
  }
  const { address = { host: LOOPBACK, port: service.port } } = await hostServer(
    examination,
    service.port,
    '/api/version',
  );
  const answer = await examination.props.ask(address, '/api/tags');
  return models.map((subject): Result => {
    const facts = { subject, expected: `the model of ${service.name}` };
    if (answer.kind === 'none') {
      return { ...facts, status: 'not-checked', found: `${service.name}: ${answer.reason}` };
    }
    const names = listAt(answer.value, 'models').flatMap((one) => textAt(one, 'name') ?? []);
    if (names.includes(fullName(subject))) {
      return { ...facts, status: 'ok', found: 'present' };
    }
    const near = nearest(subject, names);
    // the loopback is the default of the command
    const where = address.host === LOOPBACK ? '' : `OLLAMA_HOST=${address.host}:${address.port} `;
    return {
      ...facts,
      status: 'failure',
      found: `missing${near === undefined ? '' : `, but ${near} is present`}`,
      fix: `Pull it: ${where}ollama pull ${shellWord(subject)}`,
    };
  });
}
