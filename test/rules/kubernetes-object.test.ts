import { ApiObject, App, Chart } from 'cdk8s';
import { KubernetesObjects } from '../../src/core';
import { Stack } from '../overrides/support';

const config = (name: string, more: object = {}) => (
  { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data: { a: 'b' }, ...more });

function stackWith(...objects: unknown[]): Stack {
  const stack = new Stack();
  new KubernetesObjects(stack.toolbox, 'own', { objects });
  return stack;
}

describe('rule kubernetes-object', () => {
  test.each<[what: string, object: unknown, message: string]>([
    ['no kind', { apiVersion: 'v1', metadata: { name: 'a' } }, '"apiVersion" or "kind" is missing.'],
    ['no object', 'text', 'it is no object'],
    ['no plain data', config('a', { data: { when: new Date(0) } }), '"data.when" is neither text, number, boolean'],
    ['a wrong name', config('A b'), 'the name "A b" is not valid.'],
    [
      'another namespace',
      config('a', { metadata: { name: 'a', namespace: 'kube-system' } }),
      'its namespace is "kube-system"',
    ],
    [
      'a name that is taken',
      { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' }, spec: {} },
      'there is another Service "web": the model generates it.',
    ],
    [
      'a Secret with values',
      { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' }, stringData: { a: 'b' } },
      'a Secret with values',
    ],
    [
      'what throws',
      {
        toJson: () => {
          throw new Error('not ready');
        },
      },
      'toJson() failed: not ready',
    ],
  ])('fails for %s', (_, object, message) => {
    const found = stackWith(object).synth().findings;
    expect(found).toMatchObject([{ rule: 'kubernetes-object', path: 'box/own' }]);
    expect(found[0].message).toContain(message);
  });

  test('fails for two objects of one name', () => {
    expect(stackWith(config('a'), config('a')).findings()).toEqual([
      'kubernetes-object box/own: Object 2: there is another ConfigMap "a": box/own has it.',
    ]);
  });

  test('accepts plain manifests, and objects and charts of cdk8s', () => {
    const chart = new Chart(new App(), 'chart');
    new ApiObject(chart, 'a', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'in-chart' } });
    const alone = new ApiObject(new Chart(new App(), 'other'), 'b', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'alone' },
    });
    const stack = stackWith(config('plain'), chart, alone);
    for (const name of ['plain', 'in-chart', 'alone']) {
      expect(stack.object('ConfigMap', new RegExp(`^${name}$`))!.metadata).toMatchObject({
        namespace: 'box',
        labels: { 'app.kubernetes.io/part-of': 'box' },
        annotations: { 'toolbox-constructs/construct': 'box/own' },
      });
    }
    expect(stack.resources()).toContain('objects/own.yaml');
  });

  test('a definition comes before its resources, which have a namespace if it says so', () => {
    const crd = (scope: string) => ({
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: 'lamps.example.com' },
      spec: {
        group: 'example.com',
        names: { kind: 'Lamp', plural: 'lamps' },
        scope,
        versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object' } } }],
      },
    });
    const lamp = { apiVersion: 'example.com/v1', kind: 'Lamp', metadata: { name: 'desk' }, spec: { on: true } };
    const stack = stackWith(lamp, crd('Cluster'));
    expect(stack.object('Lamp', /desk/)!.metadata.namespace).toBeUndefined();
    expect(stackWith(lamp, crd('Namespaced')).object('Lamp', /desk/)!.metadata.namespace).toBe('box');
    expect(stack.resources().slice(0, 2)).toEqual(['namespace.yaml', 'objects/own.yaml']);
    expect(stack.file('kubernetes/draft/objects/own.yaml')).toMatch(/CustomResourceDefinition[\s\S]*kind: Lamp\n/);
  });
});

describe('objects of the model are checked like the others', () => {
  const pod = (spec: object, container: object = {}) => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'spy' },
    spec: {
      selector: { matchLabels: { app: 'spy' } },
      template: {
        metadata: { labels: { app: 'spy' } },
        spec: { ...spec, containers: [{ name: 'spy', image: 'spy', ...container }] },
      },
    },
  });

  test.each<[what: string, object: unknown, rule: string, message: string]>([
    [
      'privileged',
      pod({}, { securityContext: { privileged: true } }),
      'service-privileged',
      'makes the service privileged',
    ],
    [
      'a host path',
      pod({ volumes: [{ name: 'v', hostPath: { path: '/etc' } }] }, { volumeMounts: [{ name: 'v', mountPath: '/x' }] }),
      'mount-host-path',
      'mounts the host folder "/etc"',
    ],
    ['the host network', pod({ hostNetwork: true }), 'service-isolation', 'shares the namespace "network"'],
    ['an unpinned image', pod({}), 'image-digest', 'runs the image spy, which has no digest'],
    [
      'a literal secret',
      pod({}, { env: [{ name: 'PASSWORD', value: 'changeme' }] }),
      'secret-value',
      'holds a literal secret',
    ],
    ['an unknown key', pod({ hostNetwrk: true }), 'override-key', 'no key "hostNetwrk"'],
    [
      'a mount without volume',
      pod({}, { volumeMounts: [{ name: 'v', mountPath: '/x' }] }),
      'override-value',
      'names the volume "v"',
    ],
    [
      'an open policy',
      {
        apiVersion: 'networking.k8s.io/v1',
        kind: 'NetworkPolicy',
        metadata: { name: 'open' },
        spec: { podSelector: {}, ingress: [{}] },
      },
      'override-contradiction',
      'allows incoming connections of "web": everything',
    ],
    [
      'a public address',
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name: 'public' },
        spec: { type: 'LoadBalancer', ports: [{ port: 80 }] },
      },
      'port-public',
      'publishes "public" to other machines (LoadBalancer)',
    ],
    [
      'rights in the cluster',
      {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'ClusterRoleBinding',
        metadata: { name: 'admin' },
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' },
      },
      'service-isolation',
      'grants rights in the cluster (ClusterRoleBinding "admin")',
    ],
  ])('%s is found', (_, object, rule, message) => {
    const found = stackWith(object)
      .synth()
      .findings.filter((one) => one.rule === rule && one.message.includes(message));
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ path: 'box/own', location: { file: 'test/rules/kubernetes-object.test.ts' } });
  });
});
