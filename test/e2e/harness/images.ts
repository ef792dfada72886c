import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from './garvis';
import { must, run } from './process';
import { Plan } from '../../../src/plan/plan';

const STAND_INS = join(ROOT, 'test/e2e/stand-ins');

async function isThere(image: string): Promise<boolean> {
  return (await run('docker', ['image', 'inspect', image])).code === 0;
}

function referenceOf(plan: Plan, service: string): string {
  const image = plan.services.find(({ name }) => name === service)?.image;
  if (image === undefined) {
    throw new Error(`The model has no service ${service}.`);
  }
  return `${image.repository}:${image.tag ?? 'latest'}${image.digest === undefined ? '' : `@${image.digest}`}`;
}

/** Provides the images that a registry would give; says which of them are stand-ins. */
export async function provideImages(plan: Plan, say: (text: string) => void): Promise<void> {
  const haproxy = referenceOf(plan, 'host-relay');
  const ollama = referenceOf(plan, 'ollama');
  const node =
    plan.services.flatMap(({ image }) => image.build?.args ?? []).find(({ name }) => name === 'NODE_IMAGE')?.value ??
    '';
  if (!await isThere(haproxy)) {
    await load(haproxy, () => must('sh', [join(STAND_INS, 'build-haproxy.sh'), haproxy], { timeout: 300 }));
  }
  if (!await isThere(ollama)) {
    await must('sh', [join(STAND_INS, 'build-ollama.sh'), ollama, node], { timeout: 120 });
  }
  say(
    (await isStandIn(haproxy))
      ? `${haproxy} is a stand-in: the same release from Debian's package, with the official image's user, folders ` +
        'and start command'
      : `${haproxy} is the registry's`,
  );
  say(await isStandIn(ollama)
    ? `${ollama} is a stand-in: a script with the same commands and paths, without a model`
    : `${ollama} is the registry's`);
}

/** What came from a registry has a digest. */
async function isStandIn(image: string): Promise<boolean> {
  return await must('docker', ['image', 'inspect', '--format', '{{len .RepoDigests}}', image]) === '0';
}

/** Building takes a minute, loading two seconds. */
async function load(image: string, build: () => Promise<string>): Promise<void> {
  const cache =
    process.env.TOOLBOX_E2E_CACHE ??
    join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'toolbox-constructs/e2e');
  const tar = join(cache, `${image.replace(/[/:]/g, '_')}-${process.arch}.tar`);
  if (existsSync(tar)) {
    await must('docker', ['load', '--input', tar]);
    return;
  }
  await build();
  mkdirSync(cache, { recursive: true });
  await must('docker', ['save', '--output', `${tar}.part`, image]);
  renameSync(`${tar}.part`, tar);
}
