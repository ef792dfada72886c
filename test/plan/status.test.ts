import {
  ApprovalRecord,
  Check,
  CheckCommand,
  CheckProps,
  Duration,
  EnvironmentValue,
  EvidenceMethod,
  EvidenceOutcome,
  EvidenceRecord,
  HostService,
  IApprovalSource,
  IEvidenceSource,
  Prerequisite,
  Pin,
  PinStatus,
  Service,
  Toolbox,
  Waiver,
} from '../../src/core';
import { Plan } from '../../src/plan/plan';
import { resolve } from '../../src/plan/resolve';
import { aNetwork, aPin, aService, pinSource } from '../rules/support';

interface Given {
  readonly pins?: Pin[];
  readonly records?: EvidenceRecord[];
  readonly approval?: ApprovalRecord;
  readonly change?: (box: Toolbox) => void;
}

const location = { file: 'inventories/evidence/a.yaml', line: 1 };

/** Two services on networks of their own; check `a` covers one, `b` the other, `both` both. */
function planOf({ pins = [aPin('app')], records = [], approval, change }: Given = {}): Plan {
  const evidence: IEvidenceSource = { directory: 'inventories/evidence', records, findings: [] };
  const approvalSource: IApprovalSource = { file: 'inventories/approval.yaml', record: approval, findings: [] };
  const box = new Toolbox('box', {
    title: 'Box',
    description: 'A box',
    pins: pinSource(...pins),
    evidence,
    approval: approvalSource,
  });
  const one = aService(box, 'one', { networks: [aNetwork(box, 'net-one')] });
  const two = aService(box, 'two', { networks: [aNetwork(box, 'net-two')] });
  const host = new HostService(box, 'host', { description: 'A server', port: 1234, component: 'app' });
  aCheck(box, 'a', { covers: [one] });
  aCheck(box, 'b', { covers: [two] });
  aCheck(box, 'both', { covers: [one, two] });
  aCheck(box, 'host-check', { covers: [host], required: false });
  change?.(box);
  return resolve(box).plan;
}

function aCheck(box: Toolbox, id: string, props: Pick<CheckProps, 'covers'> & Partial<CheckProps>): Check {
  return new Check(box, id, { title: id, command: CheckCommand.shell('true'), expectation: 'Fine.', ...props });
}

/** Records as a run would have made them. */
function recordsOf(plan: Plan, outcome = EvidenceOutcome.PASSED): EvidenceRecord[] {
  return plan.checks.map(({ name, fingerprint }) => ({
    check: name,
    method: EvidenceMethod.RUN,
    outcome,
    command: 'true',
    exitCode: 0,
    tools: [],
    by: 'somebody',
    at: '2026-01-01T00:00:00Z',
    fingerprint: fingerprint.digest,
    parts: [...fingerprint.parts],
    location,
  }));
}

function approvalOf({ gate: { fingerprint } }: Plan): ApprovalRecord {
  return {
    by: 'somebody',
    reason: 'It is good.',
    at: '2026-01-01T00:00:00Z',
    fingerprint: fingerprint.digest,
    parts: [...fingerprint.parts],
    files: [],
    location,
  };
}

function statuses(plan: Plan): Record<string, string> {
  return Object.fromEntries(plan.checks.map(({ name, status }) => [name, status.kind]));
}

describe('what a check covers', () => {
  const partsOf = (props: Partial<CheckProps>): string[] => {
    const plan = planOf({ change: (box) => void aCheck(box, 'mine', { covers: [], ...props }) });
    return plan.checks.find(({ name }) => name === 'mine')!.fingerprint.parts.map(({ name }) => name);
  };

  test('counts once, however often and in whatever form it is named', () => {
    const twice = (box: Toolbox): void => {
      const one = box.node.findChild('one') as Service;
      aCheck(box, 'mine', {
        covers: [one, one],
        files: ['package.json', './package.json', 'bin//', 'bin', 'src/../bin/'],
      });
    };
    const { covers, files, fingerprint } = planOf({ change: twice }).checks.find(({ name }) => name === 'mine')!;
    expect({ covers, files }).toEqual({ covers: ['one'], files: ['bin', 'package.json'] });
    const names = fingerprint.parts.map(({ name }) => name);
    expect(names).toEqual([...new Set(names)]);
    expect(names).toEqual(expect.arrayContaining(['file bin', 'file package.json', 'service one']));
  });

  test.each(['../package.json', '/etc/hostname', 'src/../../x'])(
    'is not looked at outside of the project: %s',
    (file) => {
      const digests = planOf({
        change: (box) => void aCheck(box, 'mine', { covers: [], files: [file, 'no-such-file'] }),
      })
        .checks.find(({ name }) => name === 'mine')!
        .fingerprint.parts.filter(({ name }) => name.startsWith('file '))
        .map(({ digest }) => digest);
      expect(new Set(digests).size).toBe(1);
      expect(partsOf({ files: [file] })).toHaveLength(2);
    },
  );
});

describe('a check', () => {
  const checkOf = (props: Partial<CheckProps>, records: EvidenceRecord[] = []): Plan['checks'][number] =>
    planOf({ records, change: (box) => void aCheck(box, 'mine', { covers: [], ...props }) }).checks.find(
      ({ name }) => name === 'mine',
    )!;

  test('that says nothing more needs nothing, is required, runs beside others, and has ten minutes', () => {
    expect(checkOf({})).toMatchObject({
      path: 'box/mine',
      command: { kind: 'shell', line: 'true' },
      prerequisites: [],
      files: [],
      exclusive: false,
      required: true,
      timeoutSeconds: 600,
    });
  });

  test('has what was said', () => {
    const host = (box: Toolbox): HostService => box.node.findChild('host') as HostService;
    const plan = planOf({
      change: (box) =>
        void aCheck(box, 'mine', {
          covers: [],
          prerequisites: [Prerequisite.engine(), Prerequisite.hostService(host(box))],
          exclusive: true,
          required: false,
          timeout: Duration.seconds(5),
          expectedOutput: 'ok',
        }),
    });
    expect(plan.checks.find(({ name }) => name === 'mine')).toMatchObject({
      prerequisites: [{ kind: 'engine' }, { kind: 'host-service', name: 'host' }],
      exclusive: true,
      required: false,
      timeoutSeconds: 5,
      expectedOutput: 'ok',
    });
  });

  test('stands in the order of paths, with what its record says', () => {
    const before = planOf();
    const plan = planOf({ records: recordsOf(before), change: (box) => void aCheck(box, 'aa', { covers: [] }) });
    expect(plan.checks.map(({ name }) => name)).toEqual(['a', 'aa', 'b', 'both', 'host-check']);
    expect(plan.checks[0].status).toEqual({
      kind: 'verified',
      record: {
        method: 'run',
        outcome: 'passed',
        command: 'true',
        exitCode: 0,
        by: 'somebody',
        at: '2026-01-01T00:00:00Z',
        note: undefined,
        tools: [],
        location,
      },
    });
  });
});

describe('the status of a check', () => {
  test('is to be verified without a record', () => {
    expect(statuses(planOf())).toEqual({
      'a': 'to-verify',
      'b': 'to-verify',
      'both': 'to-verify',
      'host-check': 'to-verify',
    });
  });

  test('is what the record of the same state says', () => {
    const before = planOf();
    expect(statuses(planOf({ records: recordsOf(before) }))).toEqual({
      'a': 'verified',
      'b': 'verified',
      'both': 'verified',
      'host-check': 'verified',
    });
    expect(statuses(planOf({ records: recordsOf(before, EvidenceOutcome.FAILED) })).a).toBe('failed');
  });

  test.each<[string, (box: Toolbox) => void, string[], string]>([
    [
      'a service',
      (box) => (box.node.findChild('one') as Service).addEnvironment('A', EnvironmentValue.literal('x')),
      ['a', 'both'],
      'service one',
    ],
    [
      'who is on its network',
      (box) => void aService(box, 'three', { networks: [box.node.findChild('net-two') as never] }),
      ['b', 'both'],
      'network net-two',
    ],
  ])('is stale exactly where %s is covered', (_, change, stale, part) => {
    const plan = planOf({ records: recordsOf(planOf()), change });
    expect(
      Object.entries(statuses(plan))
        .filter(([, kind]) => kind === 'stale')
        .map(([name]) => name),
    ).toEqual(stale);
    const { status } = plan.checks.find(({ name }) => name === stale[0])!;
    expect(status.kind === 'stale' && status.changes).toEqual([{ part, how: 'changed' }]);
  });

  test('is stale where another version is chosen, and the check of what uses it only', () => {
    const plan = planOf({ records: recordsOf(planOf()), pins: [aPin('app', { version: '2.0.0' })] });
    expect(statuses(plan)).toMatchObject({ 'a': 'verified', 'b': 'verified', 'host-check': 'stale' });
  });

  test('does not change with words for people', () => {
    const records = recordsOf(planOf());
    expect(statuses(planOf({ records, pins: [aPin('app', { notes: 'other', title: 'Other' })] }))['host-check']).toBe(
      'verified',
    );
  });

  test('reports a record for a check that the model does not have', () => {
    const [record] = recordsOf(planOf());
    expect(planOf({ records: [{ ...record, check: 'gone' }] }).records.stray).toEqual([{ check: 'gone', location }]);
  });
});

describe('the gate', () => {
  test('reports everything that is missing', () => {
    const plan = planOf({
      pins: [
        aPin('app'),
        aPin('other', { status: PinStatus.REJECTED }),
        aPin('open', { status: PinStatus.UNDECIDED }),
      ],
      change: (box) => new Waiver(box, 'w', { rule: 'image-digest', reason: 'Not reached.', blocksApproval: true }),
    });
    expect(plan.stage).toBe('draft');
    expect(plan.gate.missing).toEqual([
      { kind: 'pin', component: 'open' },
      { kind: 'check', name: 'a' }, { kind: 'check', name: 'b' }, { kind: 'check', name: 'both' },
      { kind: 'waiver', path: 'box/w' },
      { kind: 'approval' },
    ]);
  });

  test('opens when everything is proven and this very state is approved', () => {
    const records = recordsOf(planOf());
    expect(planOf({ records, approval: approvalOf(planOf()) })).toMatchObject({
      stage: 'approved',
      gate: { missing: [] },
    });
  });

  test('shows who approved which files', () => {
    const approval = {
      ...approvalOf(planOf()),
      files: [{ path: 'compose/docker-compose.yml', digest: `sha256:${'0'.repeat(64)}` }],
    };
    expect(planOf({ approval }).gate.approval).toEqual({
      by: 'somebody',
      reason: 'It is good.',
      at: '2026-01-01T00:00:00Z',
      fingerprint: approval.fingerprint,
      changes: [],
      files: approval.files,
    });
  });

  test('a waiver that does not block is not in its way', () => {
    const change = (box: Toolbox): void => void new Waiver(box, 'w', { rule: 'image-digest', reason: 'Not reached.' });
    expect(planOf({ change }).gate.missing.filter(({ kind }) => kind === 'waiver')).toEqual([]);
  });

  test('an approval alone does not open it', () => {
    expect(planOf({ approval: approvalOf(planOf()) }).stage).toBe('draft');
  });

  test('closes by itself when the model changes, and reports the change', () => {
    const records = recordsOf(planOf());
    const plan = planOf({ records, approval: approvalOf(planOf()), change: (box) => aNetwork(box, 'more') });
    expect(plan).toMatchObject({
      stage: 'draft',
      gate: { missing: [{ kind: 'approval' }], approval: { changes: [{ part: 'network more', how: 'new' }] } },
    });
  });

  test('a failed run after the approval closes it', () => {
    expect(planOf({ records: recordsOf(planOf(), EvidenceOutcome.FAILED), approval: approvalOf(planOf()) }).stage).toBe(
      'draft',
    );
  });
});
