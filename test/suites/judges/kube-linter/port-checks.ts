import { containerCheck, KubeLinterCheck, objectCheck, workloadCheck } from './manifests';
import { KubernetesObject, list, map } from '../../../parity/kubernetes-object';

/** Of a port's name: lower case letters, digits and single hyphens between them, one letter at least. */
const PORT_NAME = /^(?=.{1,15}$)(?=.*[a-z])[a-z0-9]+(-[a-z0-9]+)*$/;

/** Ports of containers and services, and probes that ask them. */
export const PORT_CHECKS: readonly KubeLinterCheck[] = [
  containerCheck('ssh-port', (container) =>
    ports(container).some(
      ({ containerPort, protocol }) => containerPort === 22 && [undefined, 'TCP'].includes(protocol as string),
    )
      ? 'offers port 22'
      : undefined,
  ),
  containerCheck('privileged-ports', (container) => {
    const low = ports(container).filter(({ containerPort }) => Number(containerPort) < 1024);
    return low.length === 0 ? undefined : `offers port ${low.map(({ containerPort }) => containerPort).join(', ')}`;
  }),
  probePortCheck('liveness-port', 'livenessProbe'),
  probePortCheck('readiness-port', 'readinessProbe'),
  probePortCheck('startup-port', 'startupProbe'),
  {
    id: 'invalid-target-ports',
    problems: (manifests) => [
      ...containerCheck('', (container) => {
        const wrong = ports(container)
          .map(({ name }) => name)
          .filter((name) => name !== undefined && !PORT_NAME.test(String(name)));
        return wrong.length === 0 ? undefined : `names a port ${wrong.join(', ')}`;
      }).problems(manifests),
      ...objectCheck('', ['Service'], (service) =>
        list(map(service.spec).ports)
          .map(map)
          .filter(({ targetPort }) => !isPort(targetPort))
          .map(({ targetPort }) => `targets port ${String(targetPort)}`),
      ).problems(manifests),
    ],
  },
  objectCheck('exposed-services', ['Service'], ({ spec }) =>
    ['NodePort', 'LoadBalancer'].includes(String(map(spec).type)) ? [`is of type ${String(map(spec).type)}`] : [],
  ),
];

function ports(container: KubernetesObject): KubernetesObject[] {
  return list(container.ports).map(map);
}

function isPort(target: unknown): boolean {
  return (
    target === undefined ||
    (typeof target === 'number' ? target >= 1 && target <= 65535 : PORT_NAME.test(String(target)))
  );
}

/** A probe over the network asks a port that the container declares. */
function probePortCheck(id: string, probe: string): KubeLinterCheck {
  return workloadCheck(id, ({ mainContainers }) => mainContainers.flatMap((container) => {
    const { httpGet, tcpSocket, grpc } = map(container[probe]);
    const asked = [httpGet, tcpSocket, grpc].filter((one) => one !== undefined).map((one) => map(one).port);
    const declared = ports(container).flatMap(({ name, containerPort }) => [name, containerPort]);
    return asked
      .filter((port) => !declared.includes(port))
      .map((port) => `container ${String(container.name)} is asked at port ${String(port)}, which it does not declare`);
  }));
}
