import { Rule } from './rule';
import { ToolPlan } from '../plan/plan';
import { Globs, Spelling } from '../util/glob';
import { SPELLINGS } from '../util/spelling';

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

/** Judges a path as the gateway does. A list that the gateway refuses counts as no protection. */
function mayOpen({ allow, deny }: ToolPlan, file: string): boolean {
  const isAllowed = allow.length === 0 || (globsOf(allow)?.matches(file) ?? true);
  return isAllowed && !SPELLINGS.some((spelling) => globsOf(deny, spelling)?.covers(file));
}

function globsOf(globs: readonly string[], spelling?: Spelling): Globs | undefined {
  try {
    return new Globs(globs, spelling);
  } catch {
    // too many alternatives: rule service-setting reports it
    return undefined;
  }
}
