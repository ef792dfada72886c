import { findings } from './support';
import { JsonPatch } from '../../src/core';
import { overrideContradiction } from '../../src/rules/override-contradiction';
import { Stack } from '../overrides/support';

describe('rule override-contradiction', () => {
  test('says nothing of a model', () => {
    expect(findings(new Stack().toolbox, overrideContradiction)).toEqual([]);
  });

  test.each<[what: string, override: (stack: Stack) => void, message: string]>([
    [
      'a removed mount',
      (stack) => stack.web.patchKubernetes(JsonPatch.remove('/spec/template/spec/containers/0/volumeMounts'), 'Because'),
      'The patch at /spec/template/spec/containers/0/volumeMounts removes the mount "/web.conf".',
    ],
    [
      'a lower level of Pod Security',
      (stack) => stack.toolbox.patchKubernetes(
        { kind: 'Namespace', name: 'box' },
        JsonPatch.replace('/metadata/labels/pod-security.kubernetes.io~1enforce', 'privileged'),
        'Because',
      ),
      'The patch at /metadata/labels/pod-security.kubernetes.io~1enforce lowers Pod Security to "privileged".',
    ],
    [
      'a default policy that denies less',
      (stack) => stack.toolbox.patchKubernetes(
        { kind: 'NetworkPolicy', name: 'default-deny' },
        JsonPatch.replace('/spec/policyTypes', ['Ingress']),
        'Because',
      ),
      'The patch at /spec/policyTypes removes the policy that denies egress by default.',
    ],
    [
      'a policy that lets more through',
      (stack) => stack.toolbox.patchKubernetes(
        { kind: 'NetworkPolicy', name: 'web' },
        JsonPatch.add('/spec/egress', [{ to: [{ ipBlock: { cidr: '10.0.0.0/8' } }] }]),
        'Because',
      ),
      'The patch at /spec/egress allows outgoing connections of "web": addresses 10.0.0.0/8, every port.',
    ],
  ])('fails for %s', (_, override, message) => {
    const stack = new Stack();
    override(stack);
    expect(stack.findings().filter((one) => one.endsWith(message))).toHaveLength(1);
  });
});
