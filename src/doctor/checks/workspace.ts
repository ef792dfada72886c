import { accessSync, constants, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { ServicePlan, startUser, VolumePlan } from '../../plan/plan';
import { shareFolder, shellLine } from '../../targets/host-commands';
import { Examination, Examiner, Result } from '../examination';
import { neededServices, workstationServices } from '../facts';
import { composeLine } from '../machine/compose-file';
import { askInside, bindOption, Commands } from '../machine/inside';

const EXPECTED = 'a folder that you and its services can use';
const PROBE = '/toolbox-probe';

/** Checks that host folders exist and are accessible: engines on Linux do not map user ids. */
export const workspace: Examiner = {
  async examine(examination) {
    const results = await Promise.all(
      examination.props.plan.volumes.map((volume) =>
        volume.source.kind === 'host-directory' && volume.users.length > 0
          ? look(examination, volume, volume.source.directory)
          : [],
      ),
    );
    return results.flat();
  },
};

async function look(examination: Examination, { users }: VolumePlan, directory: string): Promise<Result[]> {
  const facts = { subject: directory, expected: EXPECTED };
  const folder = resolve(examination.props.root, directory);
  const problem = ownProblem(folder, directory);
  if (problem !== undefined) {
    return [{ ...facts, ...problem }];
  }
  const needed = neededServices(examination.props.plan);
  const services = workstationServices(examination.props.plan).filter(({ name }) => needed.has(name));
  const refusals = await Promise.all(
    services.map((service) => {
      const user = users.find((one) => one.service === service.name);
      return user === undefined ? undefined : refusal(examination, service, directory, folder, user.readOnly);
    }),
  );
  const wrong = refusals.filter((result) => result !== undefined);
  return wrong.length > 0 ? wrong : [{ ...facts, status: 'ok', found: 'writable' }];
}

/** Returns a problem of the current user with a folder. */
function ownProblem(folder: string, directory: string): Pick<Result, 'status' | 'found' | 'fix'> | undefined {
  try {
    if (!statSync(folder).isDirectory()) {
      return {
        status: 'failure',
        found: 'it is not a folder',
        fix: `Move it, then run: ${shellLine('mkdir', '-p', directory)}`,
      };
    }
    accessSync(folder, constants.R_OK + constants.W_OK + constants.X_OK);
    return undefined;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'ENOENT'
      ? {
        status: 'warning',
        found: 'missing, and Compose does not create it',
        fix: `Create it: ${shellLine('mkdir', '-p', directory)}`,
      }
      : {
        status: 'failure',
        found: 'you cannot write to it',
        fix: `Change the owner: sudo chown -R "$(id -u):$(id -g)" ${shellLine(directory)}`,
      };
  }
}

/** Returns undefined as well if the image is missing, which is a check of its own. */
async function refusal(
  examination: Examination,
  service: ServicePlan,
  directory: string,
  folder: string,
  readOnly: boolean,
): Promise<Result | undefined> {
  const run = ['--network', 'none', ...bindOption(folder, PROBE, readOnly)];
  const answer = await askInside(examination, service, accessCommands(readOnly), { run, fresh: true });
  if (answer.kind === 'none' || answer.code === 0) {
    return undefined;
  }
  const uid = startUser(service)?.uid;
  const who = uid === undefined ? `the user of ${service.name}` : `user ${uid} of ${service.name}`;
  const asYou = `${composeLine(examination, 'run', '--rm', '--user')} "$(id -u):$(id -g)" ${service.name}`;
  const facts = { subject: directory, expected: EXPECTED };
  return readOnly
    ? {
      ...facts,
      status: 'failure',
      found: `${who} cannot read it`,
      fix: `Run: chmod -R o+rX ${shellLine(directory)}`,
    }
    : {
      ...facts,
      status: 'warning',
      found: `${who} cannot write to it`,
      fix: uid === undefined
        ? `Run it as yourself: ${asYou}`
        : `Let both users write: ${shareFolder(directory, [uid])}\nOr run it as yourself: ${asYou}`,
    };
}

function accessCommands(readOnly: boolean): Commands {
  const right = readOnly ? 'R_OK' : 'W_OK';
  return {
    bash: ['-c', `[ -${readOnly ? 'r' : 'w'} "$0" ] && [ -x "$0" ]`, PROBE],
    node: [
      '--eval',
      `const fs = require("fs"); fs.accessSync(process.argv[1], fs.constants.${right} + fs.constants.X_OK)`,
      PROBE,
    ],
  };
}
