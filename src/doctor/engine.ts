import { judgeVersion } from './compare-version';
import { Examiner, Result } from './examination';
import { COMPONENTS, pinOf } from './facts';
import { parseJson, textAt } from './loose-json';
import { ProgramAnswer } from './run-program';
import { PinPlan, Plan } from '../plan/plan';

const ENGINE = 'Docker Engine';
const DESKTOP = 'Docker Desktop';
const START = 'Install Docker and start it; "docker version" must show a server.';

/** The version of the engine, and of Docker Desktop when it is one. */
export const engine: Examiner = {
  async examine({ plan, run }) {
    const answer = await run('docker', 'version', '--format', 'json');
    const version = textAt(told(answer), 'Server', 'Version');
    const pin = pinOf(plan, COMPONENTS.engine);
    if (version === undefined) return [{ subject: ENGINE, status: 'wrong', found: silence(answer), asked: pin?.version ?? 'an engine that answers', mend: START }];
    const install = (asked: string) => `Install ${ENGINE} ${asked}`;
    return [judgeVersion(ENGINE, version, pin, install), ...desktop(plan, textAt(told(answer), 'Server', 'Platform', 'Name') ?? '')];
  },
};

function told(answer: ProgramAnswer): unknown {
  return answer.kind === 'ended' ? parseJson(answer.out) : undefined;
}

function silence(answer: ProgramAnswer): string {
  if (answer.kind === 'none') return answer.reason;
  const [reason] = answer.err.trim().split('\n', 1);
  return `no engine answers${reason === '' ? '' : `: ${reason}`}`;
}

/** The platform's name is `Docker Desktop 4.47.0 (206054)`, or `Docker Engine - Community`. */
function desktop(plan: Plan, platform: string): Result[] {
  const pin: PinPlan | undefined = pinOf(plan, COMPONENTS.desktop);
  const [, version] = /^Docker Desktop (\S+)/.exec(platform) ?? [];
  if (version !== undefined) return [judgeVersion(DESKTOP, version, pin, (asked) => `Install ${DESKTOP} ${asked}`)];
  return pin?.version === undefined ? [] : [{ subject: DESKTOP, status: 'not-checked', found: 'the engine here is not part of one', asked: pin.version }];
}
