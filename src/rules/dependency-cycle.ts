import { RuleContext, Rule, Violation } from './rule';

export const dependencyCycle: Rule = {
  id: 'dependency-cycle',
  severity: 'error',
  title: 'Dependencies do not form a cycle',
  fix: 'Remove one of these dependencies.',
  waivable: false,
  facets: ['dependency'],
  check: (context) => findCycles(context),
};

/** Searches depth first with an explicit stack, so that long chains cannot overflow the call stack. */
function findCycles({ plan, services }: RuleContext): Violation[] {
  const done = new Set<string>();
  const violations: Violation[] = [];
  for (const { name } of plan.services) {
    const way: string[] = [];
    const onWay = new Set<string>();
    const stack: { name: string; leave: boolean }[] = [{ name, leave: false }];
    while (stack.length > 0) {
      const at = stack.pop()!;
      if (at.leave) {
        way.pop();
        onWay.delete(at.name);
        done.add(at.name);
      } else if (onWay.has(at.name)) {
        const cycle = [...way.slice(way.indexOf(at.name)), at.name];
        violations.push({ path: services.get(at.name)!.path, message: `Dependency cycle: ${cycle.join(' -> ')}.` });
      } else if (!done.has(at.name) && services.has(at.name)) {
        way.push(at.name);
        onWay.add(at.name);
        stack.push({ name: at.name, leave: true });
        stack.push(...services.get(at.name)!.dependencies.map(({ service }) => ({ name: service, leave: false })));
      }
    }
  }
  return violations;
}
