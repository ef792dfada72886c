import { ComposeMap, mapOrNothing } from './compose-value';
import { referred, RenderContext } from './context';
import { fromComposeFile } from './paths';
import { Report } from './report';
import { compareText, orNothing } from '../../plan/collections';
import { endpointText } from '../../plan/endpoint-text';
import { PARAMETER_FILE } from '../../plan/parameters';
import { EnvFilePlan, Plan, ServicePlan, ValuePlan } from '../../plan/plan';
import { Step } from '../../util/yaml-text';
import { from, fromEach, merge } from '../origin';
import { ofNamed, ofReference, ofService, ofVariable } from '../service-origins';

type Secret = Extract<ValuePlan, { kind: 'secret' }>;

/** `environment` and `env_file`: plain values as they are, secrets by the file that holds them. */
export function environmentKeys(context: RenderContext, service: ServicePlan): ComposeMap {
  const { plan, report } = context;
  const plain = service.environment.flatMap(({ name, value }): [string, string][] => (
    value.kind === 'secret' ? [] : [[name, plainText(plan, service, value)]]));
  const files = envFilesOf(context, service);
  for (const file of files) {
    tellForeignKeys(service, file, plan, report);
    tellOptional(service, file, report);
  }
  tellRenamed(service, report);
  const variable = (key: Step) => service.environment.find(({ name }) => name === key);
  const variables = fromEach((key) => ofVariable(plan, service, variable(key)), mapOrNothing(plain));
  // A clean checkout has no env file. If it were required, Compose could neither validate nor build the project.
  const entries = files.map((file) => ({ path: fromComposeFile(plan, file.file), required: false }));
  return merge<ComposeMap>(
    from(() => ofService(service, 'environment'), { environment: variables }),
    from(() => ofReference(service, 'secret', ...files.map(({ name }) => ofNamed(plan.envFiles, name))), {
      env_file: orNothing(entries),
    }),
  );
}

function plainText(plan: Plan, service: ServicePlan, value: Exclude<ValuePlan, Secret>): string {
  if (value.kind === 'literal') {
    return value.text;
  }
  const text = endpointText(plan, value.endpoint, 'workstation');
  if (text === undefined) {
    throw new Error(
      `${service.path}: its environment names the host service "${value.endpoint.name}", which the plan does not have.`,
    );
  }
  return text;
}

function secretsOf(service: ServicePlan): { readonly name: string; readonly value: Secret }[] {
  return service.environment.flatMap(({ name, value }) => (value.kind === 'secret' ? [{ name, value }] : []));
}

function envFilesOf({ envFiles }: RenderContext, service: ServicePlan): EnvFilePlan[] {
  const names = new Set(secretsOf(service).map(({ value }) => value.envFile));
  return [...names].sort(compareText).map((name) => referred(envFiles, name, service, 'env file'));
}

function tellOptional({ path }: ServicePlan, { file }: EnvFilePlan, report: Report): void {
  report.tell({
    path,
    fact: 'env file presence',
    verdict: 'adapted',
    reason: `Compose starts the service without ${file}, since a checkout that lacks it could not even build `
      + 'otherwise.',
    remedy: `Copy the example to ${file} and fill it in: the service says what it lacks. Compose before 2.24 `
      + 'does not know this form.',
  });
}

/** An env file is handed over whole; Compose cannot choose keys from it. */
function tellForeignKeys(service: ServicePlan, file: EnvFilePlan, { parameters }: Plan, report: Report): void {
  const declared = new Set(
    secretsOf(service)
      .filter(({ value }) => value.envFile === file.name)
      .map(({ value }) => value.key),
  );
  const keys = [...file.keys, ...(file.file === PARAMETER_FILE ? parameters : [])];
  const foreign = keys.map((key) => key.name).filter((key) => !declared.has(key));
  if (foreign.length > 0) {
    report.tell({
      path: service.path,
      fact: 'secrets',
      verdict: 'adapted',
      reason: `Compose hands over every key of ${file.file}, so the service also sees ${foreign.join(', ')}.`,
      remedy: 'Give the service an env file of its own.',
    });
  }
}

/** Compose cannot rename a key on its way into the container. */
function tellRenamed(service: ServicePlan, report: Report): void {
  for (const { name, value } of secretsOf(service).filter((secret) => secret.name !== secret.value.key)) {
    report.tell({
      path: service.path,
      fact: 'secrets',
      verdict: 'left-out',
      reason: `Compose sets each key of an env file under its own name, so ${value.key} does not reach the `
        + `service as ${name}.`,
      remedy: `Call the key ${name} in the env file, or let the program read ${value.key}.`,
    });
  }
}
