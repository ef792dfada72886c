import { Rendered } from './rendered';
import { OverridesPlan } from '../../../src/plan/plan';
import { map } from '../../parity/kubernetes-object';
import { aService } from '../../plan/plan-builder';

type Patch = Omit<OverridesPlan['kubernetes'][number], 'reason'>;

function patched(...patches: readonly Patch[]): Rendered {
  return Rendered.services(
    aService({
      overrides: {
        compose: [],
        kubernetes: patches.map((patch) => ({ ...patch, reason: 'the cluster asks for it.' })),
      },
    }),
  );
}

const priority: Patch = { op: 'add', pointer: '/spec/template/spec/priorityClassName', value: 'high' };

describe('overrides', () => {
  test('applies patches in order, and reports each with its reason', () => {
    const rendered = patched(
      priority,
      { op: 'replace', pointer: '/spec/template/spec/priorityClassName', value: 'low' },
      { op: 'remove', pointer: '/spec/strategy' },
    );
    expect(rendered.pod('Deployment').priorityClassName).toBe('low');
    expect(rendered.spec('Deployment')).not.toHaveProperty('strategy');
    expect(rendered.fidelity.filter((entry) => entry.fact.startsWith('override'))).toMatchObject([
      {
        verdict: 'adapted',
        fact: 'override 1 (add /spec/template/spec/priorityClassName)',
        reason: 'The model says it for Kubernetes alone: the cluster asks for it.',
      },
      { verdict: 'adapted', fact: 'override 2 (replace /spec/template/spec/priorityClassName)' },
      { verdict: 'adapted', fact: 'override 3 (remove /spec/strategy)' },
    ]);
  });

  test('a label with a slash in its name can be added', () => {
    const rendered = patched({ op: 'add', pointer: '/spec/template/metadata/labels/example.com~1team', value: 'a' });
    expect(map(map(map(rendered.spec('Deployment').template).metadata).labels)['example.com/team']).toBe('a');
  });

  test('a patch of a Job changes its name, as any change does', () => {
    const names = [[], [{ ...priority, reason: 'r' }]].map(
      (kubernetes) =>
        map(
          Rendered.services(
            aService({ lifecycle: 'one-shot', restart: 'never', overrides: { compose: [], kubernetes } }),
          ).ofKind('Job')[0].metadata,
        ).name,
    );
    expect(names[0]).not.toBe(names[1]);
  });

  test.each<[string, Patch]>([
    ['replaces nothing', { op: 'replace', pointer: '/spec/nothing', value: 1 }],
    ['removes nothing', { op: 'remove', pointer: '/spec/template/nothing' }],
    ['has no parent', { op: 'add', pointer: '/spec/nothing/at/all', value: 1 }],
    ['is no pointer', { op: 'add', pointer: 'spec', value: 1 }],
    ['is the whole object', { op: 'replace', pointer: '', value: {} }],
    ['is a prototype', { op: 'add', pointer: '/__proto__/polluted', value: 1 }],
    ['is another name', { op: 'replace', pointer: '/metadata/name', value: 'x' }],
    ['is another namespace', { op: 'replace', pointer: '/metadata/namespace', value: 'kube-system' }],
    ['takes the pod out of its walls', { op: 'replace', pointer: '/spec/template/metadata/labels', value: {} }],
    ['is another kind', { op: 'replace', pointer: '/kind', value: 'DaemonSet' }],
  ])('fails on a patch that %s: it is refused and changes nothing', (_, patch) => {
    const rendered = patched(patch);
    expect(rendered.files).toEqual(Rendered.services(aService()).files);
    expect(rendered.overrides.problems).toMatchObject([
      { override: { path: 'box/web', target: 'kubernetes', index: 0 }, rule: 'override-target' },
    ]);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  test('fails on a value that YAML readers do not agree on', () => {
    expect(() => patched({ op: 'add', pointer: '/spec/template/spec/hostname', value: 'a\u0000b' })).toThrow('U+0000');
  });
});
