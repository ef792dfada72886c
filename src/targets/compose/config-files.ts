import { ComposeMap, isMap } from './compose-value';
import { RenderContext } from './context';
import { configPath } from './paths';
import { configDigest, ConfigFileText, configFilesOf } from '../../plan/config-files';
import { endpointText } from '../../plan/endpoint-text';
import { OutputFile } from '../../plan/output-file';
import { ServicePlan } from '../../plan/plan';
import { COMPOSE_FOLDER } from '../layout';
import { YamlValue } from '../yaml-text';

const CONFIG_DIGEST_LABEL = 'toolbox-constructs.config-digest';

/** Renders the configuration files that services mount. */
export function configFiles(context: RenderContext): OutputFile[] {
  return [...context.services.values()].flatMap((service) => textsOf(context, service).map(({ file, text }) => {
    if (text === undefined) {
      throw new Error(`${file.constructPath}: it names a host service that the plan does not have.`);
    }
    return { path: `${COMPOSE_FOLDER}/${configPath(context.plan, service, file)}`, content: text };
  }));
}

/**
 * Adds the digest of the configuration files to the labels of a service, so that `docker compose up` replaces a
 * container whose files changed. Comes after overrides: none may leave a container with an old policy.
 */
export function withConfigDigest(context: RenderContext, service: ServicePlan, rendered: ComposeMap): ComposeMap {
  const files = textsOf(context, service);
  return files.length === 0 ? rendered : { ...rendered, labels: labelled(rendered.labels, configDigest(files)) };
}

/** Compose takes labels as a map or as a list. */
function labelled(labels: YamlValue | undefined, digest: string): YamlValue {
  return Array.isArray(labels)
    ? [
      ...labels.filter((label) => String(label).split('=', 1)[0] !== CONFIG_DIGEST_LABEL),
      `${CONFIG_DIGEST_LABEL}=${digest}`,
    ]
    : { ...(isMap(labels) ? labels : undefined), [CONFIG_DIGEST_LABEL]: digest };
}

function textsOf({ plan }: RenderContext, service: ServicePlan): ConfigFileText[] {
  return configFilesOf(plan, service, (endpoint) => endpointText(plan, endpoint, 'workstation'));
}
