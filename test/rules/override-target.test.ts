import { JsonPatch } from '../../src/core';
import { Stack } from '../overrides/support';

/** The line of the call. */
function lineHere(): number {
  return Number(/:(\d+):\d+\)?$/.exec(new Error().stack!.split('\n')[2])![1]);
}

describe('rule override-target', () => {
  test('an override without an entry is a finding at its call', () => {
    const alone = new Stack({ networks: [] });
    alone.toolbox.node.tryRemoveChild('db');
    const line = lineHere() + 1;
    alone.volume.overrideCompose('labels', { a: 'b' }, 'Because');
    expect(alone.synth().findings.filter(({ rule }) => rule === 'override-target')).toMatchObject([
      {
        path: 'box/data',
        message: 'The override of "labels" has no effect: the compose file has no volume "data".',
        location: { file: 'test/rules/override-target.test.ts', line },
      },
    ]);
  });

  test.each([
    [{ kind: 'NetworkPolicy', name: 'default-den' }, 'there is no NetworkPolicy "default-den". There is default-deny.'],
    [{ kind: 'NetworkPolice', name: 'web' }, 'there is no NetworkPolice "web". Did you mean the kind NetworkPolicy?'],
    [{ kind: 'Ingress', name: 'web' }, 'there is no Ingress "web".'],
  ])('a patch of %j is a finding', (object, why) => {
    const stack = new Stack();
    stack.toolbox.patchKubernetes(object, JsonPatch.remove('/spec'), 'Because');
    expect(stack.findings()).toEqual([`override-target box: The patch at /spec has no effect: ${why}`]);
  });
});
