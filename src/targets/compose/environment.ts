import { ComposeMap, mapOrNothing } from './compose-value';
import { referred, RenderContext } from './context';
import { fromComposeFile } from './paths';
import { compareText, orNothing } from '../../plan/collections';
import { endpointText, hostText } from '../../plan/endpoint-text';
import { secretDelivery } from '../../plan/env-files';
import { EnvFilePlan, ServicePlan, ValuePartPlan } from '../../plan/plan';
import { partsOf, secretsIn } from '../../plan/value-parts';
import { Step } from '../../util/yaml-text';
import { from, fromEach, merge } from '../origin';
import { ofNamed, ofReference, ofService, ofVariable } from '../service-origins';

/**
 * `environment` and `env_file`. A service gets exactly the secrets that it names: an env file of which it names every
 * key, and variables for the others.
 */
export function environmentKeys(context: RenderContext, service: ServicePlan): ComposeMap {
  const { plan } = context;
  service.environment.flatMap(({ value }) => secretsIn(value))
    .forEach(({ envFile }) => referred(context.envFiles, envFile, service, 'env file'));
  const delivery = secretDelivery(plan, service);
  const written = service.environment
    .filter(({ name, value }) => value.kind !== 'secret' || delivery.isInterpolated(name, value))
    .map(({ name, value }): [string, string] => (
      [name, partsOf(value).map((part) => textOf(context, service, part)).join('')]));
  const files = delivery.envFiles.map((name) => referred(context.envFiles, name, service, 'env file'));
  reportFiles(context, service, files);
  reportInterpolated(context, service);
  const variable = (key: Step) => service.environment.find(({ name }) => name === key);
  const variables = fromEach((key) => ofVariable(plan, service, variable(key)), mapOrNothing(written));
  // A clean checkout has no env file. If it were required, Compose could neither validate nor build the project.
  const entries = files.map((file) => ({ path: fromComposeFile(plan, file.file), required: false }));
  return merge<ComposeMap>(
    from(() => ofService(service, 'environment'), { environment: variables }),
    from(() => ofReference(service, 'secret', ...files.map(({ name }) => ofNamed(plan.envFiles, name))), {
      env_file: orNothing(entries),
    }),
  );
}

function textOf({ plan, secretMarker }: RenderContext, { path }: ServicePlan, part: ValuePartPlan): string {
  const known = (text: string | undefined, name: string): string => {
    if (text === undefined) {
      throw new Error(`${path}: its environment names the host service "${name}", which the plan does not have.`);
    }
    return text;
  };
  switch (part.kind) {
    case 'literal':
      return part.text;
    case 'secret':
      return secretMarker(part);
    case 'endpoint':
      return known(endpointText(plan, part.endpoint, 'workstation'), part.endpoint.name);
    case 'host':
      return known(hostText(plan, part.host, 'workstation'), part.host.name);
    case 'port':
      return String(part.endpoint.port);
  }
}

/** Reports env files that need not be there. */
function reportFiles({ report }: RenderContext, service: ServicePlan, files: readonly EnvFilePlan[]): void {
  for (const { file } of files) {
    report.add({
      path: service.path,
      fact: 'env file presence',
      verdict: 'adapted',
      reason: `Compose starts the service without ${file}, since a checkout that lacks it could not even build `
        + 'otherwise.',
      remedy: `Copy the example to ${file} and fill it in: the service says what it lacks. Compose before 2.24 `
        + 'does not know this form.',
    });
  }
}

/** Reports secrets that Compose itself reads. */
function reportInterpolated({ plan, report }: RenderContext, service: ServicePlan): void {
  const delivery = secretDelivery(plan, service);
  const keys = service.environment.flatMap(({ name, value }) => secretsIn(value)
    .filter((secret) => delivery.isInterpolated(value.kind === 'secret' ? name : '', secret)));
  for (const { name: envFile, file } of plan.envFiles) {
    const own = [...new Set(keys.filter((one) => one.envFile === envFile).map(({ key }) => key))].sort(compareText);
    if (own.length > 0) {
      report.add({
        path: service.path,
        fact: 'secrets',
        verdict: 'adapted',
        reason: `Compose itself puts in ${own.join(', ')}: from ${file}, or from the shell, which takes precedence.`,
        remedy: `Pass --env-file ${file} to every command of Compose, as the commands of the status page do.`,
      });
    }
  }
}
