import { PARAMETER_FILE, Variable } from './parameters';
import { EnvFilePlan, Plan, ServicePlan } from './plan';
import { mountedKeys, partsOf, SecretPlan } from './value-parts';
import { textMarker } from '../model/parameter-marker';

/**
 * How a service of a workstation gets its secrets. An engine hands over an env file whole, so that is done where the
 * service names every key of it, or asks for the file. All other secrets are put in by Compose one by one.
 */
export interface SecretDelivery {
  /** Names of the env files that it gets whole; sorted. */
  readonly envFiles: readonly string[];
  /** Whether Compose puts a secret into the value of a variable. */
  isInterpolated(variable: string, secret: SecretPlan): boolean;
}

/** Returns how a service gets its secrets on a workstation. */
export function secretDelivery(plan: Pick<Plan, 'envFiles' | 'parameters'>, service: ServicePlan): SecretDelivery {
  const declared = new Set(service.environment.flatMap(({ name, value }) => (
    value.kind === 'secret' && value.key === name ? [`${value.envFile}\t${value.key}`] : [])));
  const isCovered = (file: EnvFilePlan) =>
    file.keys.length > 0 && namesIn(file, plan).every((key) => declared.has(`${file.name}\t${key}`));
  const envFiles = plan.envFiles
    .filter((file) => service.envFiles?.includes(file.name) || isCovered(file))
    .map(({ name }) => name)
    .sort();
  const keys = new Set(plan.envFiles.flatMap((file) => (
    envFiles.includes(file.name) ? file.keys.map(({ name }) => `${file.name}\t${name}`) : [])));
  return {
    envFiles,
    isInterpolated: (variable, { envFile, key }) => variable !== key || !keys.has(`${envFile}\t${key}`),
  };
}

/** Parameters are keys of their file as well. */
function namesIn({ file, keys }: EnvFilePlan, { parameters }: Pick<Plan, 'parameters'>): string[] {
  return [...keys, ...(file === PARAMETER_FILE ? parameters : [])].map(({ name }) => name);
}

type FilesPlan = Pick<Plan, 'envFiles' | 'parameters' | 'services'>;

/** Every command of a page names them. */
const known = new WeakMap<FilesPlan, readonly string[]>();

/**
 * Returns the files of the project's folder that Compose must be given with `--env-file`: the one that sets parameters,
 * and the ones with secrets that Compose puts into values. Sorted.
 */
export function interpolationFiles(plan: FilesPlan): readonly string[] {
  const found = known.get(plan) ?? findInterpolationFiles(plan);
  known.set(plan, found);
  return found;
}

function findInterpolationFiles(plan: FilesPlan): string[] {
  const used = new Set(plan.services.flatMap((service) => {
    const delivery = service.places.includes('workstation') ? secretDelivery(plan, service) : undefined;
    return delivery === undefined
      ? []
      : [
        ...mountedKeys(service).map(({ envFile }) => envFile),
        ...service.environment.flatMap(({ name, value }) =>
          partsOf(value).flatMap((part) =>
            part.kind === 'secret' && (value.kind === 'concat' || delivery.isInterpolated(name, part))
              ? [part.envFile]
              : [],
          ),
        ),
      ];
  }));
  const files = plan.envFiles.filter(({ name }) => used.has(name)).map(({ file }) => file);
  return [...new Set([...plan.parameters.length > 0 ? [PARAMETER_FILE] : [], ...files])].sort();
}

/** Returns texts that stand for the secrets of a plan, with the name of the env file and the key in `id`. */
export function secretMarkers(
  { envFiles }: Pick<Plan, 'envFiles'>,
): { readonly id: string; readonly marker: string; readonly variable: Variable }[] {
  return envFiles.flatMap(({ name: envFile, file, keys }) => keys.map(({ name }) => (
    { id: `${envFile}\t${name}`, marker: textMarker(name), variable: { name, secretOf: file } })));
}
