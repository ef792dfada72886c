import { Stack } from './support';
import { JsonPatch, KubernetesObjects, Waiver } from '../../src/core';

test('the status page lists every override with what it opens', () => {
  const stack = new Stack();
  stack.web.overrideCompose('shm_size', '64m', 'Shared memory.');
  stack.web.overrideCompose('cap_add', ['NET_ADMIN'], 'It sets up a tunnel.');
  stack.network.overrideCompose('internal', false, 'It downloads.');
  const egress = JsonPatch.add('/spec/egress', [{ to: [{ ipBlock: { cidr: '10.0.0.0/8' } }] }]);
  stack.toolbox.patchKubernetes({ kind: 'NetworkPolicy', name: 'web' }, egress, 'A database outside.');
  const map = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'motd' } };
  new KubernetesObjects(stack.toolbox, 'own', { objects: [map], description: 'A greeting.' });
  for (const rule of ['service-isolation', 'override-contradiction']) {
    new Waiver(stack.toolbox, rule, { rule, reason: 'The test needs it.' });
  }
  const [, section] = /\n## Overrides\n([^]*?)\n## /.exec(stack.file('docs/STATUS.md')!)!;
  expect(section.split('\n').filter((line) => line.startsWith('| `'))).toEqual([
    '| `shm_size` | `box/web` | Compose | nothing | Shared memory. |',
    '| `cap_add` | `box/web` | Compose | web capability NET_ADMIN: added | It sets up a tunnel. |',
    '| `internal` | `box/inner` | Compose | db reaches the host: added, db reaches the internet: added, '
    + 'web reaches the host: added, web reaches the internet: added, '
    + 'network inner leads to: nowhere -> the host and the internet | It downloads. |',
    '| `NetworkPolicy web /spec/egress` | `box` | Kubernetes | '
    + 'web reaches addresses 10.0.0.0/8: added (10.0.0.0/8 on every port) | A database outside. |',
    '| `ConfigMap motd` | `box/own` | Kubernetes | nothing | A greeting. |',
  ]);
  expect(stack.file('docs/STATUS.de.md')).toContain('## Zielspezifische Angaben');
});
