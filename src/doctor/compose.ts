import { compareVersion, judgeVersion } from './compare-version';
import { Examiner } from './examination';
import { COMPONENTS, pinOf } from './facts';
import { parseJson, textAt } from './loose-json';
import { Plan } from '../plan/plan';

const SUBJECT = 'Docker Compose';

/** Docker Compose as the plugin, of a version that reads the generated file. */
export const compose: Examiner = {
  async examine({ plan, run }) {
    const least = leastVersion(plan);
    const pin = pinOf(plan, COMPONENTS.compose);
    const asked = pin?.version ?? `${least} or later`;
    const mend = `Install the plugin docker-compose, ${asked}.`;
    const answer = await run('docker', 'compose', 'version', '--format', 'json');
    if (answer.kind === 'none') return [{ subject: SUBJECT, status: 'wrong', found: answer.reason, asked, mend }];
    const version = textAt(parseJson(answer.out), 'version')?.replace(/^v/, '');
    if (version === undefined || answer.code !== 0) return [{ subject: SUBJECT, status: 'wrong', found: '"docker compose" does not tell its version', asked, mend }];
    if (compareVersion(version, least) === 'older') {
      return [{ subject: SUBJECT, status: 'wrong', found: `${version}, which cannot read the generated file`, asked: `${least} or later`, mend }];
    }
    const result = judgeVersion(SUBJECT, version, pin, (wanted) => `Install the plugin docker-compose ${wanted}`);
    return [{ ...result, asked }];
  },
};

/** Env files that need not be there, `required: false`, came late. */
function leastVersion({ envFiles }: Plan): string {
  return envFiles.length > 0 ? '2.24.0' : '2.0.0';
}
