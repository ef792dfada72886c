import { Plan } from '../../plan/plan';
import { judgeVersion } from '../compare-version';
import { Examiner, Result } from '../examination';
import { COMPONENTS, pinOf } from '../facts';
import { engineOf } from '../machine/engine';

const ENGINE = 'Docker Engine';
const DESKTOP = 'Docker Desktop';
/** An idle engine answers in a tenth of a second. */
const SLOW_SECONDS = 5;

/** Whether the engine answers this user, in time; its version, and that of Docker Desktop. */
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
          expected: pin?.version ?? 'an engine that answers',
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
        found: `it took ${seconds.toFixed(1)} s to say its version`,
        expected: `less than ${SLOW_SECONDS} s`,
        fix: 'Free the machine, or give Docker Desktop more CPUs: starts and health checks may time out.',
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
    : [{ subject: DESKTOP, status: 'not-checked', found: 'the engine here is not part of one', expected: pin.version }];
}
