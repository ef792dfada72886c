import { Examination, Examiner, Result } from './examination';
import { fullName, OllamaFacts, ollamasOf } from './facts';
import { listAt, textAt } from './loose-json';
import { nearest } from '../util/nearest';

/** Whether the models that agents ask for are there. */
export const model: Examiner = {
  examine: async (examination) => (await Promise.all(ollamasOf(examination.plan).map((one) => look(examination, one)))).flat(),
};

async function look({ ask }: Examination, { service, models }: OllamaFacts): Promise<Result[]> {
  if (models.length === 0) return [];
  const answer = await ask(service.port, '/api/tags');
  return models.map((subject): Result => {
    const asked = `a model of ${service.name}`;
    if (answer.kind === 'none') return { subject, status: 'not-checked', found: `${service.name}: ${answer.reason}`, asked };
    const names = listAt(answer.value, 'models').flatMap((one) => textAt(one, 'name') ?? []);
    if (names.includes(fullName(subject))) return { subject, status: 'ok', found: 'there', asked };
    const near = nearest(subject, names);
    return { subject, status: 'wrong', found: `not there${near === undefined ? '' : `; ${near} is`}`, asked, mend: `Fetch it: ollama pull ${subject}` };
  });
}
