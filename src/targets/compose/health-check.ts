import { ComposeMap } from './compose-value';
import { HealthCheckPlan } from '../../plan/plan';

/** Returns the `healthcheck` of a service. Its command is chosen in the plan, for both targets. */
export function healthCheck({
  probe,
  intervalSeconds,
  timeoutSeconds,
  retries,
  startPeriodSeconds,
}: HealthCheckPlan): ComposeMap {
  return {
    test: ['CMD', ...probe.command],
    interval: `${intervalSeconds}s`,
    timeout: `${timeoutSeconds}s`,
    retries,
    start_period: `${startPeriodSeconds}s`,
  };
}
