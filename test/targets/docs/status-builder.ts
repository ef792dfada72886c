import { CheckPlan, RecordPlan } from '../../../src/plan/plan';

/** A check without a record, with the settings of a test. */
export function aCheck(facts: Partial<CheckPlan> = {}): CheckPlan {
  return {
    path: `box/${facts.name ?? 'check'}`,
    name: 'check',
    title: 'It works',
    command: { kind: 'shell', line: 'true' },
    expectation: 'It ends.',
    covers: [],
    files: [],
    prerequisites: [],
    exclusive: false,
    timeoutSeconds: 600,
    required: true,
    fingerprint: { digest: `sha256:${'2e'.repeat(32)}`, parts: [] },
    status: { kind: 'to-verify' },
    ...facts,
  };
}

/** The record of a run that passed, and what a test wants to say about it. */
export function aRecord({
  check = 'check',
  ...facts
}: Partial<RecordPlan> & { readonly check?: string } = {}): RecordPlan {
  return {
    method: 'run',
    outcome: 'passed',
    command: 'true',
    exitCode: 0,
    by: 'ci',
    at: '2026-11-22T19:00:05Z',
    tools: [],
    location: { file: `inventories/evidence/${check}.yaml`, line: 1 },
    ...facts,
  };
}
