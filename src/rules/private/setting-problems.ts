import { Plan } from '../../plan/plan';
import { Violation } from '../rule';

/** Returns the problems that ready-made services find in their own settings and report under a rule. */
export function settingProblems({ services }: Pick<Plan, 'services'>, id: string): Violation[] {
  return services.flatMap(({ path, settingProblems: problems = [] }) =>
    problems
      .filter(({ rule = 'service-setting' }) => rule === id)
      .map(({ message, fix }): Violation => ({ path, message, fix })),
  );
}
