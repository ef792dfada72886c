import { ComposeMap } from './compose-value';
import { ServicePlan } from '../../plan/plan';

/**
 * Returns the `healthcheck` of a service; none if its image states it. The plan chose the command, for both targets.
 */
export function healthCheck({ healthCheck: check, disablesHealthCheck }: ServicePlan): ComposeMap | undefined {
  if (check === undefined) {
    return disablesHealthCheck && { disable: true };
  }
  const { probe } = check;
  return probe.kind === 'image'
    ? undefined
    : {
      test:
          probe.kind === 'command' && probe.shell !== undefined
            ? ['CMD-SHELL', probe.shell]
            : ['CMD', ...probe.command],
      interval: `${check.intervalSeconds}s`,
      timeout: `${check.timeoutSeconds}s`,
      retries: check.retries,
      start_period: `${check.startPeriodSeconds}s`,
      start_interval: check.startIntervalSeconds === undefined ? undefined : `${check.startIntervalSeconds}s`,
    };
}
