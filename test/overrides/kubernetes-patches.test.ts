import { Stack } from './support';
import { JsonPatch } from '../../src/core';

const POD = '/spec/template/spec';
const CONTAINER = `${POD}/containers/0`;

/** What becomes of a patch: the rules that find it. None: the object stays valid, and nothing is opened. */
const ROWS: readonly (readonly [patch: JsonPatch, ...rules: string[]])[] = [
  // what the schema knows
  [JsonPatch.add(`${POD}/hostNetwrk`, true), 'override-key'],
  [JsonPatch.add(`${CONTAINER}/readOnly`, true), 'override-key'],
  [JsonPatch.add('/spec/replicas', '3'), 'override-value'],
  [JsonPatch.add(`${POD}/tolerations`, { key: 'a' }), 'override-value'],
  [JsonPatch.add(`${POD}/containers/-`, { image: 'a' }), 'image-digest', 'override-value', 'service-isolation'],
  // what it does not
  [JsonPatch.add(`${POD}/restartPolicy`, 'Never'), 'override-value'],
  [JsonPatch.add(`${CONTAINER}/imagePullPolicy`, 'Sometimes'), 'override-value'],
  [JsonPatch.remove(`${POD}/volumes`), 'override-value'],
  [JsonPatch.add(`${CONTAINER}/resources/limits/memory`, 'much'), 'override-value'],
  [JsonPatch.add(`${CONTAINER}/ports`, [{ containerPort: 99999 }]), 'override-value'],
  [JsonPatch.replace(`${POD}/containers`, []), 'override-contradiction', 'override-value', 'service-isolation'],
  // rights
  [JsonPatch.add(`${CONTAINER}/securityContext/privileged`, true), 'service-privileged'],
  [JsonPatch.add(`${POD}/hostPID`, true), 'service-isolation'],
  [JsonPatch.add(`${POD}/automountServiceAccountToken`, true), 'service-isolation'],
  [JsonPatch.add(`${POD}/volumes/-`, { name: 'etc', hostPath: { path: '/etc' } })],
  // what is fine
  [JsonPatch.add(`${POD}/priorityClassName`, 'low')],
  [JsonPatch.add(`${POD}/nodeSelector`, { disk: 'ssd' })],
  [JsonPatch.add('/metadata/annotations/example.com~1owner', 'tools')],
  [JsonPatch.add('/spec/revisionHistoryLimit', 2)],
];

test.each(ROWS.map(([patch, ...rules]) => ({ pointer: patch._pointer, patch, rules })))(
  'the patch at $pointer is judged: $rules', ({ patch, rules }) => {
    const stack = new Stack();
    stack.web.patchKubernetes(patch, 'Because');
    const { findings } = stack.synth();
    expect([...new Set(findings.map(({ rule }) => rule))].sort()).toEqual(rules);
    expect(findings.filter(({ location }) => location?.file !== 'test/overrides/kubernetes-patches.test.ts')).toEqual(
      [],
    );
  },
);

test('messages name the patch, the place and the fix', () => {
  const stack = new Stack();
  stack.web.patchKubernetes(JsonPatch.add(`${POD}/hostNetwrk`, true), 'Because');
  stack.web.patchKubernetes(JsonPatch.add(`${POD}/restartPolicy`, 'Never'), 'Because');
  expect(stack.synth().findings.map(({ message, fix }) => `${message} ${fix}`)).toMatchInlineSnapshot(`
[
  "The patch at /spec/template/spec/hostNetwrk is refused: There is no key "hostNetwrk" in \`spec.template.spec\`. Did you mean \`hostNetwork\`? Waive the rule if a newer cluster knows the key.",
  "The patch at /spec/template/spec/restartPolicy is refused: \`spec.template.spec.restartPolicy\` is "Never". Write Always.",
]
`);
});
