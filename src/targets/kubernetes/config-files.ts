import { Chart } from 'cdk8s';
import * as k8s from 'cdk8s-plus-28/lib/imports/k8s';
import { RenderContext } from './context';
import { clusterEndpoint } from './environment';
import { Manifest, manifestOf, renamed } from './manifest-file';
import { contentHash, labelFrom, shortHash } from './names';
import { listed } from './report';
import { sortedBy } from '../../plan/collections';
import { configDigest, configFilesOf, ConfigFileText } from '../../plan/config-files';
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
  /** Keys of files that may be run as a program; sorted. */
  readonly executable: readonly string[];
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
  const there = files.filter(({ text, file }) => text !== undefined || file.source?.base64 !== undefined);
  reportLost(context, service, files.filter((one) => !there.includes(one)));
  reportWritable(context, service, there);
  if (there.length === 0 || tooBig(context, service, there)) {
    return undefined;
  }
  const byKey = new Map(sortedBy(there, ({ file }) => keyOf(file)).map((one) => [keyOf(one.file), one]));
  const ofKey = (key: unknown) => ofFile(context.plan, service, byKey.get(key as string)!.file);
  const contents = (contentOf: (file: ConfigFileText) => string | undefined) => {
    const entries = [...byKey].flatMap(([key, file]) => {
      const content = contentOf(file);
      return content === undefined ? [] : [[key, content] as const];
    });
    return entries.length === 0 ? undefined : fromEach(ofKey, Object.fromEntries(entries));
  };
  const name = `${kubernetesName(service.name)}-files`;
  const rendered = manifestOf(k8s.KubeConfigMap, chart, 'files', from(() => ofService(service, 'config'), {
    metadata: { ...metadata, name },
    immutable: true,
    data: contents(({ text }) => text),
    binaryData: contents(({ file }) => file.source?.base64),
  }));
  const patched = context.patches.apply(rendered);
  const hash = patched === rendered ? shortHash(configDigest(files)) : contentHash([patched.data, patched.binaryData]);
  const configMapName = `${name}-${hash}`;
  return {
    configMapName,
    manifest: renamed(patched, configMapName),
    executable: [...byKey].filter(([, { file }]) => file.source?.executable).map(([key]) => key),
    mounts: there.map(({ path, file }) => ({ path, key: keyOf(file) })),
  };
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

function reportLost({ report }: RenderContext, service: ServicePlan, lost: readonly ConfigFileText[]): void {
  const generated = lost.filter(({ file }) => file.source === undefined);
  const ofMachine = lost.filter(({ file }) => file.source !== undefined);
  if (generated.length > 0) {
    report.refused(
      service.path,
      'mounts',
      `${listed(generated.map(({ path }) => path))} would hold an address that has nothing behind it in a cluster.`,
      'Name a service of the cluster as the stand-in of the host service.',
    );
  }
  if (ofMachine.length > 0) {
    report.refused(
      service.path,
      'host paths of files',
      `A pod sees no file of your machine, so there is nothing at ${listed(ofMachine.map(({ path }) => path))}.`,
      'Use a file of the project of at most 1 MiB: its content becomes a ConfigMap.',
    );
  }
}

function reportWritable({ report }: RenderContext, service: ServicePlan, files: readonly ConfigFileText[]): void {
  const written = files.filter(({ writable }) => writable === true).map(({ path }) => path);
  if (written.length > 0) {
    report.leftOut(
      service.path,
      'mounts',
      `A pod can only read files of a ConfigMap, so the service cannot write to ${listed(written)}.`,
      'Let the program write to a volume or to scratch space.',
    );
  }
}

function tooBig({ report }: RenderContext, service: ServicePlan, files: readonly ConfigFileText[]): boolean {
  const bytes = files.reduce((sum, { file, text }) => sum + (file.source?.bytes ?? Buffer.byteLength(text ?? '')), 0);
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
