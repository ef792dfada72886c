import { groupBy } from '../../plan/collections';
import { shellWord } from '../../targets/host-commands';
import { Examination, Examiner, Result } from '../examination';
import { neededServices } from '../facts';
import { ComposeService, composeLine, composeServices, profileOptions } from '../machine/compose-file';
import { ENGINE_SECONDS, firstLine } from '../machine/engine';

/** Checks that the engine has the image of every service. */
export const images: Examiner = {
  async examine(examination) {
    const file = await composeServices(examination);
    const users = groupBy(file.kind === 'file' ? file.services : [], ({ image }) => image);
    return Promise.all([...users].map(([image, services]) => look(examination, image, services)));
  },
};

async function look(examination: Examination, image: string, services: readonly ComposeService[]): Promise<Result> {
  const { plan, run } = examination.props;
  const facts = { subject: image, expected: `the image of ${services.map(({ name }) => name).join(', ')}` };
  const answer = await run('docker', ['image', 'inspect', '--format', '{{.Id}}', image], { seconds: ENGINE_SECONDS });
  if (answer.kind === 'ended' && answer.code === 0) {
    return { ...facts, status: 'ok', found: 'present' };
  }
  if (answer.kind === 'none' || !/no such image/i.test(answer.err)) {
    return { ...facts, status: 'not-checked', found: answer.kind === 'none' ? answer.reason : firstLine(answer.err) };
  }
  const needed = neededServices(plan);
  const isNeeded = services.some(({ name }) => needed.has(name));
  const found = services[0].built ? 'not built' : 'not pulled';
  return {
    ...facts,
    status: isNeeded ? 'failure' : 'warning',
    found: isNeeded ? found : `${found}; needed only for the profile ${services[0].profiles.join(', ')}`,
    fix: fixFor(examination, image, services[0]),
  };
}

function fixFor(examination: Examination, image: string, service: ComposeService): string {
  const command = (...words: string[]) => composeLine(examination, ...profileOptions(service), ...words, service.name);
  return service.built
    ? `Build it: ${command('build')}`
    : `Pull it: ${command('pull')}\nWithout registry access, copy it from another machine: ${copyLine(image)}`;
}

function copyLine(image: string): string {
  return `docker save ${shellWord(image)} > image.tar there, docker load < image.tar here.`;
}
