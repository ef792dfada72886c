import { Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import { ConfigFiles } from './config-files';
import { RenderContext, workloadKind, writesToVolume } from './context';
import { Manifest } from './manifest-file';
import { annotations, DEPENDS_ON_ANNOTATION, selectorLabels, serviceLabels } from './metadata';
import { contentHash, withEnding } from './names';
import { withOverrides } from './overrides';
import { podTemplate } from './pod';
import { dependencyText } from './start-order';
import { ServicePlan } from '../../plan/plan';

/** Long enough to read a Job's log on the next day. */
const JOB_LIFETIME_SECONDS = 24 * 60 * 60;

/** Further attempts of a Job that may try again, as many as Kubernetes itself would make. */
const JOB_RETRIES = 6;

/** What the workload refers to. */
export interface WorkloadParts {
  readonly files?: ConfigFiles;
  /** Name of the Service that governs a StatefulSet. */
  readonly governingService: string;
}

/**
 * The object that runs a service. All of it is said here: the defaults of higher constructs are meant for other images.
 */
export function workloadManifest(
  context: RenderContext,
  service: ServicePlan,
  parts: WorkloadParts,
  chart: Chart,
): Manifest {
  const template = podTemplate(context, service, parts.files);
  const metadata = workloadMetadata(context, service);
  const selector = { matchLabels: selectorLabels(context.plan, service.name) };
  switch (workloadKind(service)) {
    case 'Job': {
      const backoffLimit = service.restart === 'never' ? 0 : JOB_RETRIES;
      const job = new k8s.KubeJob(chart, 'workload', {
        metadata,
        spec: { backoffLimit, ttlSecondsAfterFinished: JOB_LIFETIME_SECONDS, template },
      });
      return namedByContent(withOverrides(context, service, job.toJson() as Manifest), service.name);
    }
    case 'StatefulSet': {
      const spec = {
        replicas: 1,
        serviceName: parts.governingService,
        selector,
        template,
        updateStrategy: { type: 'RollingUpdate' },
      };
      return withOverrides(
        context,
        service,
        new k8s.KubeStatefulSet(chart, 'workload', { metadata, spec }).toJson() as Manifest,
      );
    }
    case 'Deployment': {
      const spec = { replicas: 1, strategy: strategy(service), selector, template };
      return withOverrides(
        context,
        service,
        new k8s.KubeDeployment(chart, 'workload', { metadata, spec }).toJson() as Manifest,
      );
    }
  }
}

function workloadMetadata({ plan }: RenderContext, service: ServicePlan): k8s.ObjectMeta {
  const order = dependencyText(service);
  return {
    name: service.name,
    labels: serviceLabels(plan, service),
    annotations: annotations(plan, service.path, order === undefined ? {} : { [DEPENDS_ON_ANNOTATION]: order }),
  };
}

/** A cluster refuses to change a Job, so one that changed gets another name. */
function namedByContent(job: Manifest, name: string): Manifest {
  const hash = contentHash(job.spec);
  return { ...job, metadata: { ...job.metadata as Manifest, name: withEnding(name, hash) } };
}

function strategy(service: ServicePlan): k8s.DeploymentStrategy {
  return writesToVolume(service)
    ? { type: 'Recreate' }
    : {
      type: 'RollingUpdate',
      rollingUpdate: { maxSurge: k8s.IntOrString.fromNumber(1), maxUnavailable: k8s.IntOrString.fromNumber(0) },
    };
}
