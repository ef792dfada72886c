import { ToolPlan } from '../plan/plan';
import { globCovers, globMatches } from './private/path-globs';
import { Rule } from './rule';

export const policyAudit: Rule = {
  id: 'policy-audit',
  severity: 'error',
  title: 'No tool may open the audit log of its gateway',
  fix: 'Keep the audit log on a volume of its own, or deny every tool its files.',
  waivable: false,
  facets: ['policy'],
  check: ({ plan }) => plan.policies.flatMap(({ path, tools, auditLogs = [] }) => auditLogs.flatMap((log) => tools
    .filter((tool) => filesOf(log).some((file) => mayOpen(tool, file)))
    .map(({ name }) => ({
      path,
      message: `The tool "${name}" may open the audit log, which is ${log} in the workspace.`,
      fix: `Add "${log}*" to what is denied to the tool, or keep the log on a volume of its own.`,
    })))),
};

/** The log, what is kept beside it, and a rotated file. */
function filesOf(log: string): string[] {
  return ['', '.head', '.lock', `.${'1'.padStart(15, '0')}`].map((suffix) => `${log}${suffix}`);
}

function mayOpen({ allow, deny }: ToolPlan, file: string): boolean {
  return (allow.length === 0 || globMatches(allow, file)) && !globCovers(deny, file);
}
