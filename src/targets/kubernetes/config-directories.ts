import { Chart } from 'cdk8s';
import * as k8s from 'cdk8s-plus-28/lib/imports/k8s';
import { RenderContext } from './context';
import { Manifest, manifestOf, renamed } from './manifest-file';
import { contentHash, labelFrom, shortHash } from './names';
import { listed } from './report';
import { kubernetesName } from '../../plan/kubernetes-name';
import { DirectoryFilePlan, DirectoryPlan, ServicePlan } from '../../plan/plan';
import { from, origin } from '../origin';
import { ofReference } from '../service-origins';

/** A folder of configuration files, ready to be mounted. */
export interface MountedDirectory {
  readonly path: string;
  /** Name of the volume of the pod. */
  readonly volume: string;
  readonly configMapName: string;
  readonly manifest: Manifest;
  /** Undefined if keys and paths are the same, and no file may be run as a program. */
  readonly items?: k8s.KeyToPath[];
}

/** Renders a ConfigMap for each folder that a service mounts. */
export function configDirectories(
  context: RenderContext,
  service: ServicePlan,
  metadata: k8s.ObjectMeta,
  chart: Chart,
): MountedDirectory[] {
  const mounts = service.mounts.flatMap((mount) => (mount.kind === 'directory' ? [mount] : []));
  const lost = mounts.filter(({ directory }) => directory.files.length === 0);
  if (lost.length > 0) {
    context.report.refused(
      service.path,
      'host paths of folders',
      `A pod sees no folder of your machine, so there is nothing at ${listed(lost.map(({ path }) => path))}.`,
      'Use a folder of the project of at most 1 MiB: its files become a ConfigMap.',
    );
  }
  const written = mounts.filter(({ writable }) => writable === true).map(({ path }) => path);
  if (written.length > 0) {
    context.report.leftOut(
      service.path,
      'writable folders',
      `A pod can only read files of a ConfigMap, so the service cannot write to ${listed(written)}.`,
      'Let the program write to a volume or to scratch space.',
    );
  }
  return mounts.filter((mount) => !lost.includes(mount)).map(({ path, directory }) => {
    const { configMapName, manifest } = configMap(context, service, directory, metadata, chart);
    return { path, volume: volumeName(directory), configMapName, manifest, items: itemsOf(directory) };
  });
}

function configMap(
  { patches }: RenderContext,
  service: ServicePlan,
  directory: DirectoryPlan,
  metadata: k8s.ObjectMeta,
  chart: Chart,
): { readonly configMapName: string; readonly manifest: Manifest } {
  const contents = (contentOf: (file: DirectoryFilePlan) => string | undefined) => {
    const entries = directory.files.flatMap((file) => {
      const content = contentOf(file);
      return content === undefined ? [] : [[keyOf(file), content] as const];
    });
    return entries.length === 0 ? undefined : Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
  };
  const name = `${kubernetesName(service.name)}-${volumeName(directory)}`;
  const ofDirectory = () => ofReference(service, 'config', origin([directory.constructPath], ['config']));
  const rendered = manifestOf(k8s.KubeConfigMap, chart, volumeName(directory), from(ofDirectory, {
    metadata: { ...metadata, name },
    immutable: true,
    data: contents(({ text }) => text),
    binaryData: contents(({ base64 }) => base64),
  }));
  const patched = patches.apply(rendered);
  const hash = patched === rendered
    ? shortHash(directory.digest ?? '')
    : contentHash([patched.data, patched.binaryData]);
  return { configMapName: `${name}-${hash}`, manifest: renamed(patched, `${name}-${hash}`) };
}

function volumeName({ name }: DirectoryPlan): string {
  return labelFrom('folder', name);
}

/** Keys have no slashes, and what JavaScript knows of every object may be no ordinary property of one. */
function keyOf({ path }: DirectoryFilePlan): string {
  return !(path in {}) && /^(?!__|\.\.)[A-Za-z0-9._-]{1,200}$/.test(path) ? path : labelFrom('file', path);
}

function itemsOf({ files }: DirectoryPlan): k8s.KeyToPath[] | undefined {
  return files.every((file) => keyOf(file) === file.path && !file.executable)
    ? undefined
    : files.map((file) => ({ key: keyOf(file), path: file.path, mode: file.executable ? 0o755 : undefined }));
}
