import { startFix } from './host-access';
import { judgeVersion } from '../compare-version';
import { Examination, Examiner, Result } from '../examination';
import { OllamaFacts, ollamasOf } from '../facts';
import { bridgeOf, hostServer, LOOPBACK } from '../machine/host-server';
import { textAt } from '../machine/loose-json';

/** Checks that Ollama on the host responds, its version, and that other machines cannot reach it. */
export const ollama: Examiner = {
  examine: async (examination) =>
    (await Promise.all(ollamasOf(examination.props.plan).map((one) => look(examination, one)))).flat(),
};

const FIXES = {
  timeout: 'It is busy or stuck. Try again, read its log, or restart it.',
  other: 'Find out which program listens there. Ollama answers GET /api/version.',
};

async function look(examination: Examination, { service, pin }: OllamaFacts): Promise<Result[]> {
  const [server, bridge] = await Promise.all([
    hostServer(examination, service.port, '/api/version'),
    bridgeOf(examination),
  ]);
  const expected = pin?.version ?? 'a responding Ollama';
  const answer = [server.loopback, server.bridge].find((one) => one?.kind === 'json');
  if (answer?.kind !== 'json') {
    const hosts = [LOOPBACK, ...(bridge === undefined ? [] : [bridge])];
    const subject = `${service.name} at ${hosts.map((host) => `${host}:${service.port}`).join(' and ')}`;
    const refusals = [server.loopback, server.bridge].flatMap((one) => (one?.kind === 'none' ? [one] : []));
    // prefer the answer of a listening server to a refused connection
    const { cause, reason } = refusals.find((one) => one.cause !== 'refused') ?? refusals[0];
    return [
      {
        subject,
        status: 'failure',
        found: reason,
        expected,
        fix: cause === 'refused' ? startFix(examination, service, bridge) : FIXES[cause],
      },
    ];
  }
  const subject = `${service.name} at ${server.address!.host}:${service.port}`;
  const version = textAt(answer.value, 'version');
  if (version === undefined) {
    return [
      {
        subject,
        status: 'failure',
        found: 'the server there is not Ollama',
        expected,
        fix: 'Run Ollama on the port of the model.',
      },
    ];
  }
  return [
    judgeVersion(subject, version, pin, (wanted) => `Install Ollama ${wanted}`),
    ...exposure(service.name, service.port, server.exposed, bridge),
  ];
}

function exposure(subject: string, port: number, exposed: readonly string[], bridge: string | undefined): Result[] {
  return exposed.length === 0
    ? []
    : [
      {
        subject,
        status: 'warning',
        found: `it also listens on ${exposed.join(', ')}, where anyone can use it and delete models`,
        expected: 'reachable only from this machine and its containers',
        fix: `Start it with OLLAMA_HOST=${bridge ?? LOOPBACK}:${port} instead of 0.0.0.0.`,
      },
    ];
}
