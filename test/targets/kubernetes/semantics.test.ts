import { isIP } from 'node:net';
import { Rendered } from './rendered';
import { FIXTURE_PLAN } from '../../parity/fixture-plan';
import { KubernetesObject, list, map, number, text, texts } from '../../parity/kubernetes-object';

const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
const SERVICE_NAME = /^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/;
const LABEL_VALUE = /^([A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?)?$/;

const { objects } = Rendered.plan(FIXTURE_PLAN);
const workloads = objects.filter((object) => ['Deployment', 'StatefulSet', 'Job'].includes(text(object.kind)));
const pods = workloads.map((workload) => ({ workload, template: map(map(workload.spec).template) }));
const name = (object: KubernetesObject) => text(map(object.metadata).name);
const ofKind = (kind: string) => objects.filter((object) => object.kind === kind);
const containers = (template: KubernetesObject) =>
  [...list(map(template.spec).containers), ...list(map(template.spec).initContainers)].map(map);

function selects(selector: KubernetesObject, template: KubernetesObject): boolean {
  const labels = map(map(template.metadata).labels);
  return Object.entries(selector).every(([key, value]) => labels[key] === value);
}

/** What no schema notices, and a cluster does, or keeps to itself. */
describe('manifests make sense', () => {
  test('names and labels are ones that a cluster takes, and each object is there once', () => {
    for (const object of objects) {
      expect(name(object)).toMatch(object.kind === 'Service' ? SERVICE_NAME : LABEL);
      for (const value of Object.values(map(map(object.metadata).labels))) {
        expect(value).toMatch(LABEL_VALUE);
      }
    }
    const ids = objects.map((object) => `${text(object.kind)} ${name(object)}`);
    expect(ids).toEqual([...new Set(ids)]);
  });

  test('a workload selects its own pods and no others', () => {
    for (const { workload } of pods.filter((one) => one.workload.kind !== 'Job')) {
      const selector = map(map(map(workload.spec).selector).matchLabels);
      expect(pods.filter((one) => selects(selector, one.template)).map((one) => name(one.workload))).toEqual([
        name(workload),
      ]);
    }
  });

  test('a Service selects the pods of one workload, and its ports lead to ports of the container', () => {
    for (const service of ofKind('Service')) {
      const found = pods.filter((pod) => selects(map(map(service.spec).selector), pod.template));
      expect(found).toHaveLength(1);
      const names = list(containers(found[0].template)[0].ports).map((port) => map(port).name);
      expect(names).toEqual(expect.arrayContaining(list(map(service.spec).ports).map((port) => map(port).targetPort)));
    }
  });

  test('a StatefulSet names a Service without an address of its own', () => {
    for (const { workload } of pods.filter((one) => one.workload.kind === 'StatefulSet')) {
      const governing = ofKind('Service').find((service) => name(service) === map(workload.spec).serviceName);
      expect(map(governing?.spec).clusterIP).toBe('None');
    }
  });

  test('mounts, volumes, accounts and ConfigMaps are all there, and no volume is without a mount', () => {
    for (const { template } of pods) {
      const pod = map(template.spec);
      const volumes = list(pod.volumes).map((volume) => text(map(volume).name));
      const mounts = containers(template).flatMap((container) =>
        list(container.volumeMounts).map((mount) => text(map(mount).name)),
      );
      expect(new Set(mounts)).toEqual(new Set(volumes));
      expect(volumes).toEqual([...new Set(volumes)]);
      expect(volumes.every((volume) => LABEL.test(volume))).toBe(true);
      expect(ofKind('ServiceAccount').map(name)).toContain(pod.serviceAccountName);
    }
  });

  test('a subPath is a key of its ConfigMap', () => {
    const mounts = pods
      .flatMap(({ template }) => containers(template))
      .flatMap((container) => list(container.volumeMounts).map(map));
    const found = mounts.filter((mount) => mount.subPath !== undefined);
    const keys = ofKind('ConfigMap').flatMap((object) => Object.keys(map(object.data)));
    expect(found.length).toBeGreaterThan(0);
    expect(keys).toEqual(expect.arrayContaining(found.map((mount) => mount.subPath)));
  });

  test('probes ask declared ports, and liveness is never what readiness is', () => {
    for (const container of pods.flatMap(({ template }) => containers(template))) {
      const declared = list(container.ports).map((port) => number(map(port).containerPort));
      const probes = ['startupProbe', 'readinessProbe', 'livenessProbe'].map((key) => map(container[key]));
      const handlers = probes.flatMap((probe) => [probe.httpGet, probe.tcpSocket]).filter((one) => one !== undefined);
      const asked = handlers.map((one) => number(map(one).port));
      expect(declared).toEqual(expect.arrayContaining(asked));
      expect(container.livenessProbe ?? 'no liveness probe').not.toEqual(container.readinessProbe);
    }
  });

  test('network policies select pods that exist, and their ranges are ranges', () => {
    for (const policy of ofKind('NetworkPolicy')) {
      const selector = map(map(map(policy.spec).podSelector).matchLabels);
      expect(pods.some((pod) => selects(selector, pod.template))).toBe(true);
      const rules = [...list(map(policy.spec).ingress), ...list(map(policy.spec).egress)].map(map);
      const peers = rules.flatMap((rule) => [...list(rule.from), ...list(rule.to)]).map(map);
      const blocks = peers.filter((peer) => peer.ipBlock !== undefined).map((peer) => map(peer.ipBlock));
      for (const range of blocks.flatMap((block) => [text(block.cidr), ...texts(block.except)])) {
        const [address, length] = range.split('/');
        expect(isIP(address)).toBeGreaterThan(0);
        expect(Number(length)).toBeLessThanOrEqual(isIP(address) === 4 ? 32 : 128);
      }
    }
  });

  test('every container is hardened as the linters ask', () => {
    for (const { template } of pods) {
      const pod = map(template.spec);
      expect(pod).toMatchObject({ automountServiceAccountToken: false, enableServiceLinks: false });
      expect(map(pod.securityContext)).toMatchObject({ seccompProfile: { type: 'RuntimeDefault' } });
      expect(Object.keys(pod).filter((key) => /^host|^serviceAccount$/.test(key))).toEqual([]);
      for (const container of containers(template)) {
        expect(container.securityContext).toMatchObject({
          allowPrivilegeEscalation: false,
          privileged: false,
          capabilities: { drop: ['ALL'] },
        });
        expect(container.image).toMatch(/:[^:/]+$/);
        expect(container.image).not.toMatch(/:latest/);
        const variables = list(container.env).map((variable) => map(variable).name);
        expect(variables).toEqual([...new Set(variables)]);
      }
    }
    const volumes = pods.flatMap(({ template }) => list(map(template.spec).volumes).map(map));
    expect(volumes.filter((volume) => 'hostPath' in volume)).toEqual([]);
    expect(volumes.filter((volume) => 'emptyDir' in volume && map(volume.emptyDir).sizeLimit === undefined)).toEqual(
      [],
    );
  });

  test('Jobs go away by themselves, Services stay inside, nothing is in the default namespace', () => {
    expect(ofKind('Job').map((job) => map(job.spec).ttlSecondsAfterFinished)).toEqual([86400]);
    expect(new Set(ofKind('Service').map((service) => map(service.spec).type))).toEqual(new Set(['ClusterIP']));
    expect(objects.map((object) => map(object.metadata).namespace)).not.toContain('default');
  });
});
