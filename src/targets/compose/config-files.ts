import { ComposeMap, isMap } from './compose-value';
import { RenderContext } from './context';
import { configPath } from './paths';
import { configDigest, ConfigFileText, configFilesOf } from '../../plan/config-files';
import { endpointText } from '../../plan/endpoint-text';
import { ServicePlan } from '../../plan/plan';
import { YamlValue } from '../../util/yaml-text';
import { COMPOSE_FOLDER } from '../layout';
import { from, merge, Origin } from '../origin';
import { ofFile, ofFiles } from '../service-origins';
import { TargetFile } from '../target-file';

const CONFIG_DIGEST_LABEL = 'toolbox-constructs.config-digest';

/** Renders the generated configuration files that services mount. */
export function configFiles(context: RenderContext): TargetFile[] {
  const generated = ({ file }: ConfigFileText): boolean => file.source === undefined;
  return [...context.services.values()].flatMap((service) => textsOf(context, service).filter(generated).map((one) => {
    const { file, text } = one;
    if (text === undefined) {
      throw new Error(`${file.constructPath}: it names a host service that the plan does not have.`);
    }
    const origin = () => ofFile(context.plan, service, file);
    return {
      path: `${COMPOSE_FOLDER}/${configPath(context.plan, service, file)}`,
      header: '',
      parts: [{ kind: 'text' as const, text, origin }],
    };
  }));
}

/**
 * Adds the digest of the configuration files to the labels of a service, so that `docker compose up` replaces a
 * container whose files changed. A file that the service writes is data.
 */
export function withConfigDigest(context: RenderContext, service: ServicePlan, rendered: ComposeMap): ComposeMap {
  const files = textsOf(context, service).filter(({ writable }) => writable !== true);
  const directories = service.mounts.flatMap((mount) => (
    mount.kind === 'directory' && mount.writable !== true ? [mount.directory] : []));
  if (files.length + directories.length === 0) { return rendered; }
  const origin = () => ofFiles(context.plan, service);
  return merge(rendered, from(origin, { labels: labelled(rendered.labels, configDigest(files, directories), origin) }));
}

/** Compose takes labels as a map or as a list. */
function labelled(labels: YamlValue | undefined, digest: string, origin: () => Origin): YamlValue {
  return Array.isArray(labels)
    ? [
      ...labels.filter((label) => String(label).split('=', 1)[0] !== CONFIG_DIGEST_LABEL),
      `${CONFIG_DIGEST_LABEL}=${digest}`,
    ]
    : merge(isMap(labels) ? labels : {}, from(origin, { [CONFIG_DIGEST_LABEL]: digest }));
}

function textsOf({ plan }: RenderContext, service: ServicePlan): ConfigFileText[] {
  return configFilesOf(plan, service, (endpoint) => endpointText(plan, endpoint, 'workstation'));
}
