import { judgeVersion } from './compare-version';
import { Examination, Examiner, Result } from './examination';
import { OllamaFacts, ollamasOf } from './facts';
import { textAt } from './loose-json';

/** Whether the Ollama on the host answers on the loopback, and its version. */
export const ollama: Examiner = {
  examine: (examination) => Promise.all(ollamasOf(examination.plan).map((one) => look(examination, one))),
};

async function look({ ask }: Examination, { service, pin }: OllamaFacts): Promise<Result> {
  const subject = `${service.name} at 127.0.0.1:${service.port}`;
  const asked = pin?.version ?? 'an Ollama that answers';
  const answer = await ask(service.port, '/api/version');
  if (answer.kind === 'none') {
    const mend = answer.silent ? 'Start it: ollama serve' : 'Look at what listens there; Ollama answers GET /api/version.';
    return { subject, status: 'wrong', found: answer.reason, asked, mend };
  }
  const version = textAt(answer.value, 'version');
  if (version === undefined) return { subject, status: 'wrong', found: 'what listens there is no Ollama', asked, mend: 'Give Ollama the port that the model names.' };
  return judgeVersion(subject, version, pin, (wanted) => `Install Ollama ${wanted}`);
}
