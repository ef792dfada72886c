import { ToolPlan } from '../plan/plan';
import { globCovers, globMatches } from './private/path-globs';
import { Rule } from './rule';

export const policyAudit: Rule = {
  id: 'policy-audit',
  severity: 'error',
  title: 'Tools cannot open the audit log of their gateway',
  fix: 'Keep the audit log on its own volume, or deny its files to every tool.',
  waivable: false,
  facets: ['policy'],
  check: ({ plan }) => plan.policies.flatMap(({ path, tools, auditLogs = [] }) => auditLogs.flatMap((log) => tools
    .filter((tool) => filesOf(log).some((file) => mayOpen(tool, file)))
    .map(({ name }) => ({
      path,
      message: `The tool "${name}" can open the audit log ${log} in the workspace.`,
      fix: `Add "${log}*" to the deny list of the tool, or keep the log on its own volume.`,
    })))),
};

/** Returns the log, its lock and head files, and a rotated file. */
function filesOf(log: string): string[] {
  return ['', '.head', '.lock', `.${'1'.padStart(15, '0')}`].map((suffix) => `${log}${suffix}`);
}

function mayOpen({ allow, deny }: ToolPlan, file: string): boolean {
  return (allow.length === 0 || globMatches(allow, file)) && !globCovers(deny, file);
}
