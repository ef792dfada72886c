import { Plan } from '../../plan/plan';
import { judgeVersion } from '../compare-version';
import { Examiner, Result } from '../examination';
import { COMPONENTS, pinOf } from '../facts';
import { engineOf } from '../machine/engine';

const ENGINE = 'Docker Engine';
const DESKTOP = 'Docker Desktop';
/** Limit for an answer. An idle engine needs about 0.1 s. */
const SLOW_SECONDS = 5;

/** Checks that the engine answers this user in time, and the versions of Docker Engine and Docker Desktop. */
export const engine: Examiner = {
  async examine(examination) {
    const { plan } = examination.props;
    const answer = await engineOf(examination);
    const pin = pinOf(plan, COMPONENTS.engine);
    if (answer.kind === 'none') {
      return [
        {
          subject: ENGINE,
          status: 'failure',
          found: answer.found,
          expected: pin?.version ?? 'a responding engine',
          fix: answer.fix,
        },
      ];
    }
    const { version, desktop, seconds } = answer.engine;
    return [
      judgeVersion(ENGINE, version, pin, (wanted) => `Install ${ENGINE} ${wanted}`),
      ...slowness(seconds),
      ...desktopResults(plan, desktop),
    ];
  },
};

function slowness(seconds: number): Result[] {
  return seconds < SLOW_SECONDS
    ? []
    : [
      {
        subject: ENGINE,
        status: 'warning',
        found: `"docker version" took ${seconds.toFixed(1)} s`,
        expected: `less than ${SLOW_SECONDS} s`,
        fix: 'Reduce the load, or assign more CPUs to Docker Desktop. Starts and health checks may time out.',
      },
    ];
}

function desktopResults(plan: Plan, version: string | undefined): Result[] {
  const pin = pinOf(plan, COMPONENTS.desktop);
  if (version !== undefined) {
    return [judgeVersion(DESKTOP, version, pin, (wanted) => `Install ${DESKTOP} ${wanted}`)];
  }
  return pin?.version === undefined
    ? []
    : [{ subject: DESKTOP, status: 'not-checked', found: 'not part of Docker Desktop', expected: pin.version }];
}
