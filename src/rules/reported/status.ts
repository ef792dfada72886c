import { Severity } from '../../model/finding';
import { reporterOf } from '../../model/rule-facts';

/** Rules about verification and approval. */
export const STATUS_RULES = [
  {
    id: 'records-place',
    severity: Severity.ERROR,
    title: 'The model names the places of evidence and approval',
    fix: 'Set evidence: Evidence.fromDirectory(...) and approval: Approval.fromFile(...) on the toolbox.',
  },
  {
    id: 'verify-drift',
    severity: Severity.ERROR,
    title: 'Checks run on the files of the current model',
    fix: 'Run "npx toolbox-constructs synth" first.',
  },
  {
    id: 'verify-secrets',
    severity: Severity.ERROR,
    title: 'Known secrets can be redacted from records',
    fix: 'Make the file a readable text file.',
  },
  {
    id: 'status-unverified',
    severity: Severity.ERROR,
    title: 'Required checks are verified and fresh',
    fix: 'Run "npx toolbox-constructs verify" on a machine that can run the check.',
  },
  {
    id: 'status-aged',
    severity: Severity.ERROR,
    title: 'Evidence is within the maximum age and not from the future',
    fix: 'Run "npx toolbox-constructs verify" for the check again.',
  },
  {
    id: 'status-waiver',
    severity: Severity.ERROR,
    title: 'Waivers have not expired',
    fix: 'Fix its findings, or review the waiver and set a later date in the model.',
  },
  {
    id: 'gate-closed',
    severity: Severity.ERROR,
    title: 'The gate from draft to productive is open',
    fix: 'Fix the points that "npx toolbox-constructs status" lists.',
  },
] as const;

/** Creates a finding of one of these rules. */
export const statusFinding = reporterOf(STATUS_RULES);
