import { Severity } from '../../model/finding';
import { reporterOf } from '../../model/rule-facts';

/** What can stand in the way of proving and approving. */
export const STATUS_RULES = [
  {
    id: 'records-place',
    severity: Severity.ERROR,
    title: 'The model names where proofs and approvals are written',
    fix: "Give the toolbox evidence: Evidence.fromDirectory('inventories/evidence') and approval: Approval.fromFile('inventories/approval.yaml').",
  },
  {
    id: 'verify-drift',
    severity: Severity.ERROR,
    title: 'Checks run on the files that the model gives',
    fix: 'Run "npx toolbox-constructs synth" first.',
  },
  {
    id: 'verify-secrets',
    severity: Severity.ERROR,
    title: 'The secrets of this machine can be kept out of records',
    fix: 'Make the file a text file that you may read.',
  },
  {
    id: 'status-unverified',
    severity: Severity.ERROR,
    title: 'Every required check is verified, and fresh',
    fix: 'Run "npx toolbox-constructs verify" where the check can run.',
  },
  {
    id: 'status-aged',
    severity: Severity.ERROR,
    title: 'What proves a check is no older than asked, and not from the future',
    fix: 'Run "npx toolbox-constructs verify" for the check again.',
  },
  {
    id: 'status-waiver',
    severity: Severity.ERROR,
    title: 'No waiver is in force after its last day',
    fix: 'Fix what it lets through, or decide again and set another day in the model.',
  },
  {
    id: 'gate-closed',
    severity: Severity.ERROR,
    title: 'Nothing is missing between the draft and the productive files',
    fix: 'Fix what "npx toolbox-constructs status" lists.',
  },
] as const;

/** Makes a finding of one of these rules. */
export const statusFinding = reporterOf(STATUS_RULES);
