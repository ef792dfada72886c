import { Plan } from '../../plan/plan';
import { compareVersion, judgeVersion } from '../compare-version';
import { Examiner } from '../examination';
import { COMPONENTS, pinOf } from '../facts';
import { ENGINE_SECONDS } from '../machine/engine';
import { parseJson, textAt } from '../machine/loose-json';

const SUBJECT = 'Docker Compose';

/** Checks that the Compose plugin is installed in a version that supports the generated file. */
export const compose: Examiner = {
  async examine({ props: { plan, run } }) {
    const least = leastVersion(plan);
    const pin = pinOf(plan, COMPONENTS.compose);
    const facts = { subject: SUBJECT, expected: pin?.version ?? `${least} or later` };
    const fix = `Install the Compose plugin (${facts.expected}): docker-compose-plugin, in Debian docker-compose.`;
    const answer = await run('docker', ['compose', 'version', '--format', 'json'], { seconds: ENGINE_SECONDS });
    if (answer.kind === 'none') {
      // a timeout means that the plugin exists
      return [
        answer.cause === 'timeout'
          ? { ...facts, status: 'not-checked', found: answer.reason }
          : { ...facts, status: 'failure', found: answer.reason, fix },
      ];
    }
    const version = textAt(parseJson(answer.out), 'version')?.replace(/^v/, '');
    if (version === undefined || answer.code !== 0) {
      return [{ ...facts, status: 'failure', found: '"docker compose version" prints no version', fix }];
    }
    if (compareVersion(version, least) === 'older') {
      return [
        {
          subject: SUBJECT,
          status: 'failure',
          found: `${version}, which does not support the generated file`,
          expected: `${least} or later`,
          fix,
        },
      ];
    }
    return [
      {
        ...judgeVersion(SUBJECT, version, pin, (wanted) => `Install the plugin docker-compose ${wanted}`),
        expected: facts.expected,
      },
    ];
  },
};

/** `required: false` of env files needs 2.24. */
function leastVersion({ envFiles }: Plan): string {
  return envFiles.length > 0 ? '2.24.0' : '2.0.0';
}
