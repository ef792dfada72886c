import { Chart } from 'cdk8s';
import * as k8s from 'cdk8s-plus-28/lib/imports/k8s';
import { RenderContext } from './context';
import { clusterEndpoint } from './environment';
import { Manifest, manifestOf, renamed } from './manifest-file';
import { contentHash, labelFrom, shortHash } from './names';
import { listed } from './report';
import { configDigest, configFilesOf } from '../../plan/config-files';
import { kubernetesName } from '../../plan/kubernetes-name';
import { FilePlan, ServicePlan } from '../../plan/plan';
import { from, fromEach } from '../origin';
import { ofFile, ofService } from '../service-origins';

/** Most that a ConfigMap holds. */
const MAX_BYTES = 1024 * 1024;

/** The configuration files of a service, ready to be mounted. */
export interface ConfigFiles {
  /** Carries a hash of the content, so that pods of old and new content never share one. */
  readonly configMapName: string;
  readonly manifest: Manifest;
  readonly mounts: readonly { readonly path: string; readonly key: string }[];
}

/** Renders the ConfigMap of a service; undefined without configuration files. */
export function configMapFiles(
  context: RenderContext,
  service: ServicePlan,
  metadata: k8s.ObjectMeta,
  chart: Chart,
): ConfigFiles | undefined {
  const files = configFilesOf(context.plan, service, (endpoint) => clusterEndpoint(context, endpoint));
  const data: Record<string, string> = {};
  const byKey = new Map<unknown, FilePlan>();
  const mounts: { path: string; key: string }[] = [];
  const lost: string[] = [];
  for (const { path, file, text } of files) {
    if (text === undefined) {
      lost.push(path);
    } else {
      data[keyOf(file)] = text;
      byKey.set(keyOf(file), file);
      mounts.push({ path, key: keyOf(file) });
    }
  }
  if (tooBig(context, service, data)) {
    return undefined;
  }
  tellLost(context, service, lost);
  if (mounts.length === 0) {
    return undefined;
  }
  const ofKey = (key: unknown) => ofFile(context.plan, service, byKey.get(key)!);
  const sorted = fromEach(ofKey, Object.fromEntries(Object.keys(data).sort().map((key) => [key, data[key]])));
  const name = `${kubernetesName(service.name)}-files`;
  const props = { metadata: { ...metadata, name }, immutable: true, data: sorted };
  const rendered = manifestOf(k8s.KubeConfigMap, chart, 'files', from(() => ofService(service, 'config'), props));
  const patched = context.patches.apply(rendered);
  const hash = patched === rendered ? shortHash(configDigest(files)) : contentHash([patched.data, patched.binaryData]);
  const configMapName = `${name}-${hash}`;
  return { configMapName, manifest: renamed(patched, configMapName), mounts };
}

/**
 * Keys know fewer characters than file names do; and what JavaScript knows of every object may be no ordinary property
 * of one.
 */
function keyOf(file: FilePlan): string {
  return !(file.name in {}) && /^(?!__)[A-Za-z0-9_-][A-Za-z0-9._-]{0,200}$/.test(file.name)
    ? file.name
    : labelFrom('file', file.name);
}

function tellLost({ report }: RenderContext, service: ServicePlan, lost: readonly string[]): void {
  if (lost.length > 0) {
    report.refused(
      service.path,
      'mounts',
      `${listed(lost)} would hold an address that has nothing behind it in a cluster.`,
      'Name a service of the cluster as the stand-in of the host service.',
    );
  }
}

function tooBig({ report }: RenderContext, service: ServicePlan, data: Readonly<Record<string, string>>): boolean {
  const bytes = Object.values(data).reduce((sum, text) => sum + Buffer.byteLength(text, 'utf8'), 0);
  if (bytes > MAX_BYTES) {
    report.refused(
      service.path,
      'mounts',
      `The configuration files have ${bytes} bytes, and a ConfigMap holds ${MAX_BYTES}.`,
      'Put big files into the image or on a volume.',
    );
  }
  return bytes > MAX_BYTES;
}
