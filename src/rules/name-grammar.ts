import { kubernetesName } from '../plan/kubernetes-name';
import { ServicePlan } from '../plan/plan';
import { isHostName, LABEL } from './private/host-name';
import { namedThings } from './private/named';
import { Rule, Violation } from './rule';

/** RFC 6335 service name, in the form that Kubernetes accepts for ports. */
const PORT_NAME = /^(?=.*[a-z])[a-z0-9](?:[a-z0-9]|-(?!-)){0,13}[a-z0-9]$|^[a-z]$/;
/** YAML parsers require the colon of a key within the first 1024 characters of a line. */
const VARIABLE = /^[A-Za-z_][A-Za-z0-9_]{0,254}$/;
/** Names of variables that Kubernetes accepts; an engine accepts more. */
const SERVICE_VARIABLE = /^(?!\.$|\.\.)[A-Za-z_.-][A-Za-z0-9_.-]{0,254}$/;
/** Keys of a compose file, without those that a shell takes for an option or Windows changes. */
const COMPOSE_NAME = /^[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,61}[A-Za-z0-9_])?$/;
const FILE_NAME = /^(?!\.{1,2}$)[A-Za-z0-9_.][A-Za-z0-9_.-]{0,99}$/;
/** RFC 1123 subdomain, which Kubernetes requires for storage class names. */
const SUBDOMAIN = /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*$/;
/** Kinds whose names become keys of the compose file. In a cluster they have a name derived from it. */
const COMPOSE_KINDS = ['service', 'volume', 'network'];
const COMPOSE_FIX = 'Use at most 63 letters, digits, "_", "-" and ".", with a letter or digit in it. '
  + 'Begin and end with a letter, digit or "_".';
const WINDOWS_DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(\..*)?$/i;

export const nameGrammar: Rule = {
  id: 'name-grammar',
  severity: 'error',
  title: 'Names are valid in every target',
  fix: 'Use at most 63 lower-case letters, digits and dashes. Begin with a letter, end with a letter or digit.',
  waivable: false,
  facets: ['identity', 'environment', 'secret', 'parameter', 'volume', 'network', 'profile'],
  check: ({ plan }) => [
    ...namedThings(plan)
      .filter(({ name, kind }) => !(COMPOSE_KINDS.includes(kind) ? isComposeName(name) : isLabel(name)))
      .map(({ path, name, kind }) => ({
        path,
        message: `The name ${JSON.stringify(name)} of this ${kind} is not valid in every target.`,
        fix: COMPOSE_KINDS.includes(kind) ? COMPOSE_FIX : undefined,
      })),
    ...namedThings(plan)
      .filter(({ name, kind }) => COMPOSE_KINDS.includes(kind) && name.startsWith('x-'))
      .map(({ path, name, kind }) => ({
        path,
        message: `Compose ignores the ${kind} ${JSON.stringify(name)}: it reads names with "x-" as extensions.`,
        fix: 'Use a name that does not begin with "x-".',
      })),
    ...(isLabel(plan.name)
      ? []
      : [
        {
          path: plan.name,
          message: `The name ${JSON.stringify(plan.name)} of the toolbox is not valid in every target.`,
        },
      ]),
    ...[plan.source, plan.outdir]
      .filter((one) => !isPlainPath(one))
      .map((one) => ({
        path: plan.name,
        message: `${JSON.stringify(one)} is not a relative path in the project.`,
        fix: 'Use a relative path, for example "src/main.ts" or "dist".',
      })),
    ...plan.volumes
      .filter(({ storageClass }) => storageClass !== undefined && !SUBDOMAIN.test(storageClass))
      .map(({ path, storageClass }) => ({
        path,
        message: `${JSON.stringify(storageClass)} is not a valid storage class name.`,
        fix: 'Use lower-case letters, digits, dashes and dots.',
      })),
    ...plan.volumes
      .filter(({ engine }) => engine?.name !== undefined && !isComposeName(engine.name))
      .map(({ path, engine }) => ({
        path,
        message: `The volume name ${JSON.stringify(engine?.name)} is not valid in every target.`,
        fix: COMPOSE_FIX,
      })),
    ...plan.envFiles.flatMap(envFileProblems),
    ...(plan.secretFiles ?? []).flatMap(({ path, file }) => envFileProblems({ path, file, keys: [] })),
    ...plan.parameters.filter(({ name }) => !VARIABLE.test(name)).map(({ path, name }) => variableProblem(path, name)),
    ...plan.services.flatMap(serviceProblems),
  ],
};

function isLabel(name: string): boolean {
  return LABEL.test(name) && !WINDOWS_DEVICE.test(name);
}

/** The name of a folder as well: of the configuration files of a service. */
function isComposeName(name: string): boolean {
  return COMPOSE_NAME.test(name) && isLabel(kubernetesName(name)) && !WINDOWS_DEVICE.test(name);
}

function isPlainPath(text: string): boolean {
  return text.split('/').every(isFileName);
}

function envFileProblems({
  path,
  file,
  keys,
}: {
  path: string;
  file: string;
  keys: readonly { readonly name: string }[];
}): Violation[] {
  return [
    ...(isPlainPath(file)
      ? []
      : [
        {
          path,
          message: `${JSON.stringify(file)} is not the path of a file in the project.`,
          fix: 'Use a path relative to the project folder, for example ".env.local" or "config/app.env".',
        },
      ]),
    ...keys.filter(({ name }) => !VARIABLE.test(name)).map(({ name }) => variableProblem(`${path}/${name}`, name)),
  ];
}

function serviceProblems(service: ServicePlan): Violation[] {
  const { path } = service;
  return [
    ...service.environment.filter(({ name }) => !SERVICE_VARIABLE.test(name)).map(({ name }) => ({
      ...variableProblem(path, name),
      fix: 'Use at most 255 letters, digits, "_", "-" and ".". Do not begin with a digit or with "..".',
    })),
    ...(service.image.build?.args ?? [])
      .filter(({ name }) => !VARIABLE.test(name))
      .map(({ name }) => variableProblem(path, name)),
    ...service.ports
      .filter(({ name }) => !PORT_NAME.test(name))
      .map(({ name }) => ({
        path,
        message: `The port name ${JSON.stringify(name)} is not valid in Kubernetes.`,
        fix: 'Use at most 15 lower-case letters, digits and single dashes, with at least one letter.',
      })),
    ...service.attachments
      .flatMap(({ aliases }) => aliases)
      .filter((alias) => !isHostName(alias))
      .map((alias) => ({
        path,
        message: `The alias ${JSON.stringify(alias)} is not a host name.`,
        fix: 'Use labels of lower-case letters, digits and dashes, separated by dots.',
      })),
    ...service.mounts.flatMap((mount) =>
      mount.kind === 'file' && !isFileName(mount.file.name)
        ? [
          {
            path,
            message: `${JSON.stringify(mount.file.name)} is not a valid file name.`,
            fix: 'Use letters, digits, dots, dashes and underscores.',
          },
        ]
        : [],
    ),
  ];
}

function isFileName(name: string): boolean {
  return FILE_NAME.test(name) && !name.endsWith('.') && !WINDOWS_DEVICE.test(name);
}

function variableProblem(path: string, name: string): Violation {
  return {
    path,
    message: `${JSON.stringify(name)} is not a valid variable name.`,
    fix: 'Use at most 255 letters, digits and underscores. Do not begin with a digit.',
  };
}
