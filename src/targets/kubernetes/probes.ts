import * as k8s from 'cdk8s-plus-28/lib/imports/k8s';
import { RenderContext } from './context';
import { expansionText } from './escape';
import { Report } from './report';
import { HealthCheckPlan, ServicePlan } from '../../plan/plan';

export type Probes = Pick<k8s.Container, 'startupProbe' | 'readinessProbe' | 'livenessProbe'>;
type Handler = Pick<k8s.Probe, 'httpGet' | 'tcpSocket' | 'exec'>;

/** A restart is the last resort, so the kubelet asks for it much more rarely than for readiness. */
const LIVENESS_PERIOD_FACTOR = 3;
const LEAST_LIVENESS_PERIOD = 60;
const LONGEST_STARTUP_PERIOD = 60;

/** Startup and readiness ask what the health check asks; liveness only whether the port still accepts connections. */
export function probesOf(context: RenderContext, service: ServicePlan): Probes {
  const check = service.healthCheck;
  if (check === undefined) {
    return {};
  }
  if (service.lifecycle === 'one-shot') {
    context.report.leftOut(
      service.path,
      'health check',
      'A Job is judged by how it ends.',
      'Let the command end with a status other than 0 when something is wrong.',
    );
    return {};
  }
  const handler = handlerOf(context, service, check);
  if (handler === undefined) {
    return {};
  }
  return {
    startupProbe: { ...handler, ...startupTimes(check) },
    readinessProbe: {
      ...handler,
      periodSeconds: check.intervalSeconds,
      timeoutSeconds: check.timeoutSeconds,
      failureThreshold: check.retries,
    },
    livenessProbe: livenessProbe(service, check),
  };
}

/** The kubelet asks from outside the container, so it can ask a port only where the service listens for others. */
function handlerOf({ report }: RenderContext, service: ServicePlan, { probe }: HealthCheckPlan): Handler | undefined {
  if (probe.kind === 'image') {
    return ofImage(service, probe.command ?? [], report);
  }
  if (probe.kind === 'command') {
    return { exec: { command: probe.command.map(expansionText) } };
  }
  if (!tcpPorts(service).includes(probe.port)) {
    report.adapted(
      service.path,
      'health check',
      `Port ${probe.port} is not declared, so the check runs ${probe.tool} in the container.`,
      `Declare port ${probe.port} if the service listens there for others.`,
    );
    return { exec: { command: probe.command.map(expansionText) } };
  }
  const port = k8s.IntOrString.fromNumber(probe.port);
  return probe.kind === 'tcp'
    ? { tcpSocket: { port } }
    : { httpGet: { path: probe.path, port, httpHeaders: [localHost(probe.port)] } };
}

/** A kubelet does not run the HEALTHCHECK of an image. */
function ofImage({ path }: ServicePlan, command: readonly string[], report: Report): Handler | undefined {
  if (command.length === 0) {
    report.leftOut(
      path,
      'health check',
      'A cluster does not run the health check of an image, and its command is unknown.',
      'State the check in the model: HealthCheck.command, .http or .tcp.',
    );
    return undefined;
  }
  report.adapted(
    path,
    'health check',
    'A cluster does not run the health check of an image: a probe runs its command, with the times of an engine.',
    'State the check in the model if it needs other times.',
  );
  return { exec: { command: command.map(expansionText) } };
}

/**
 * The host that the check names on a workstation; a server that guards against DNS rebinding refuses the pod's address.
 */
function localHost(port: number): k8s.HttpHeader {
  return { name: 'Host', value: `127.0.0.1:${port}` };
}

/**
 * As long as the start period and the retries together, in steps of at most ten seconds or the stated interval, so that
 * a quick start is noticed.
 */
function startupTimes(
  check: HealthCheckPlan,
): Pick<k8s.Probe, 'periodSeconds' | 'timeoutSeconds' | 'failureThreshold'> {
  const total = check.startPeriodSeconds + check.retries * check.intervalSeconds;
  const longest = Math.max(1, Math.min(check.startIntervalSeconds ?? 10, LONGEST_STARTUP_PERIOD));
  const period = Array.from({ length: longest }, (_, index) => longest - index).find((step) => total % step === 0) ?? 1;
  return { periodSeconds: period, timeoutSeconds: check.timeoutSeconds, failureThreshold: Math.max(1, total / period) };
}

/** Without a port there is nothing cheaper than the check itself, and the end of the process is noticed anyway. */
function livenessProbe(service: ServicePlan, check: HealthCheckPlan): k8s.Probe | undefined {
  const ports = tcpPorts(service);
  const asked = 'port' in check.probe ? check.probe.port : undefined;
  const port = ports.find((one) => one === asked) ?? ports[0];
  return port === undefined ? undefined : {
    tcpSocket: { port: k8s.IntOrString.fromNumber(port) },
    periodSeconds: Math.max(LEAST_LIVENESS_PERIOD, LIVENESS_PERIOD_FACTOR * check.intervalSeconds),
    timeoutSeconds: check.timeoutSeconds,
    failureThreshold: 3,
  };
}

function tcpPorts(service: ServicePlan): number[] {
  return service.ports.filter((port) => port.protocol === 'tcp').map((port) => port.port);
}
