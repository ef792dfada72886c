import { Chart } from 'cdk8s';
import * as k8s from 'cdk8s-plus-28/lib/imports/k8s';
import { MountedDirectory } from './config-directories';
import { ConfigFiles } from './config-files';
import { RenderContext, workloadKind, writesToVolume } from './context';
import { Manifest, manifestOf, ObjectKind, renamed } from './manifest-file';
import { selectorLabels, serviceLabels, workloadAnnotations } from './metadata';
import { contentHash, withEnding } from './names';
import { podTemplate } from './pod';
import { kubernetesName } from '../../plan/kubernetes-name';
import { ServicePlan } from '../../plan/plan';
import { from } from '../origin';
import { ofService } from '../service-origins';

/** Long enough to read a Job's log on the next day. */
const JOB_LIFETIME_SECONDS = 24 * 60 * 60;

/** Further attempts of a Job that may try again, as many as Kubernetes itself would make. */
const JOB_RETRIES = 6;

/** Objects that the workload refers to. */
export interface WorkloadParts {
  readonly files?: ConfigFiles;
  readonly directories: readonly MountedDirectory[];
  /** Name of the Service that governs a StatefulSet. */
  readonly governingService: string;
}

/**
 * Returns the object that runs a service. It sets every field: defaults of higher constructs are meant for other
 * images.
 */
export function workloadManifest(
  context: RenderContext,
  service: ServicePlan,
  parts: WorkloadParts,
  chart: Chart,
): Manifest {
  const template = podTemplate(context, service, parts);
  const metadata = workloadMetadata(context, service);
  const manifest = <Props extends object>(kind: ObjectKind<Props>, props: Props) =>
    context.patches.apply(
      manifestOf(kind, chart, 'workload', from(() => ofService(service, 'identity'), props)),
      service.path,
    );
  const { scale: replicas = 1 } = service.container ?? {};
  const selector = { matchLabels: selectorLabels(context.plan, service.name) };
  switch (workloadKind(service)) {
    case 'Job': {
      const backoffLimit = service.restart === 'never' ? 0 : service.restartAttempts ?? JOB_RETRIES;
      const spec = { backoffLimit, ttlSecondsAfterFinished: JOB_LIFETIME_SECONDS, template };
      return namedByContent(manifest(k8s.KubeJob, { metadata, spec }), kubernetesName(service.name));
    }
    case 'StatefulSet': {
      const spec = {
        replicas,
        serviceName: parts.governingService,
        selector,
        template,
        updateStrategy: { type: 'RollingUpdate' },
      };
      return manifest(k8s.KubeStatefulSet, { metadata, spec });
    }
    case 'Deployment': {
      const spec = { replicas, strategy: strategy(service), selector, template };
      return manifest(k8s.KubeDeployment, { metadata, spec });
    }
  }
}

function workloadMetadata({ plan }: RenderContext, service: ServicePlan): k8s.ObjectMeta {
  return {
    name: kubernetesName(service.name),
    labels: serviceLabels(plan, service),
    annotations: workloadAnnotations(plan, service),
  };
}

/** A cluster refuses to change a Job, so one that changed gets another name. */
function namedByContent(job: Manifest, name: string): Manifest {
  return renamed(job, withEnding(name, contentHash(job.spec)));
}

function strategy(service: ServicePlan): k8s.DeploymentStrategy {
  return writesToVolume(service)
    ? { type: 'Recreate' }
    : {
      type: 'RollingUpdate',
      rollingUpdate: { maxSurge: k8s.IntOrString.fromNumber(1), maxUnavailable: k8s.IntOrString.fromNumber(0) },
    };
}
