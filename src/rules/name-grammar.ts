import { ServicePlan } from '../plan/plan';
import { isHostName, LABEL } from './private/host-name';
import { namedThings } from './private/named';
import { Rule, Violation } from './rule';

/** RFC 6335 service name without the rule about letters, as Kubernetes has it for ports. */
const PORT_NAME = /^(?=.*[a-z])[a-z0-9](?:[a-z0-9]|-(?!-)){0,13}[a-z0-9]$|^[a-z]$/;
/** Readers of YAML look for the colon behind a key in a line's first thousand characters. */
const VARIABLE = /^[A-Za-z_][A-Za-z0-9_]{0,254}$/;
const FILE_NAME = /^(?!\.{1,2}$)[A-Za-z0-9_.][A-Za-z0-9_.-]{0,99}$/;
/** RFC 1123 subdomain, as Kubernetes has it for names of storage classes. */
const SUBDOMAIN = /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*$/;
/** Kinds whose names are keys of a compose file. */
const COMPOSE_KINDS = ['service', 'volume', 'network'];
const WINDOWS_DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(\..*)?$/i;

export const nameGrammar: Rule = {
  id: 'name-grammar',
  severity: 'error',
  title: 'Every target can carry every name',
  fix: 'Use lower-case letters, digits and dashes, beginning with a letter and not ending with a dash, at most 63 characters.',
  waivable: false,
  facets: ['identity', 'environment', 'secret', 'volume', 'network', 'profile'],
  check: ({ plan }) => [
    ...namedThings(plan)
      .filter(({ name }) => !isLabel(name))
      .map(({ path, name, kind }) => ({
        path,
        message: `The name ${JSON.stringify(name)} of this ${kind} is not one that every target can carry.`,
      })),
    ...namedThings(plan)
      .filter(({ name, kind }) => COMPOSE_KINDS.includes(kind) && name.startsWith('x-'))
      .map(({ path, name, kind }) => ({
        path,
        message: `Compose would take the name ${JSON.stringify(name)} of this ${kind} for an extension, and leave it out.`,
        fix: 'Begin the name with something else than "x-".',
      })),
    ...(isLabel(plan.name)
      ? []
      : [
        {
          path: plan.name,
          message: `The name ${JSON.stringify(plan.name)} of the toolbox is not one that every target can carry.`,
        },
      ]),
    ...[plan.source, plan.outdir]
      .filter((one) => !isPlainPath(one))
      .map((one) => ({
        path: plan.name,
        message: `${JSON.stringify(one)} is not a plain path in the project.`,
        fix: 'Use a relative path of plain names, for example "src/main.ts" or "dist".',
      })),
    ...plan.volumes
      .filter(({ storageClass }) => storageClass !== undefined && !SUBDOMAIN.test(storageClass))
      .map(({ path, storageClass }) => ({
        path,
        message: `${JSON.stringify(storageClass)} is not the name of a storage class.`,
        fix: 'Use lower-case letters, digits, dashes and dots.',
      })),
    ...plan.envFiles.flatMap(envFileProblems),
    ...plan.services.flatMap(serviceProblems),
  ],
};

function isLabel(name: string): boolean {
  return LABEL.test(name) && !WINDOWS_DEVICE.test(name);
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
    ...(isFileName(file)
      ? []
      : [
        {
          path,
          message: `${JSON.stringify(file)} is not a plain file name.`,
          fix: 'Name a file of the project\'s folder, for example ".env.local".',
        },
      ]),
    ...keys.filter(({ name }) => !VARIABLE.test(name)).map(({ name }) => variableProblem(`${path}/${name}`, name)),
  ];
}

function serviceProblems(service: ServicePlan): Violation[] {
  const { path } = service;
  return [
    ...[...service.environment, ...(service.image.build?.args ?? [])]
      .filter(({ name }) => !VARIABLE.test(name))
      .map(({ name }) => variableProblem(path, name)),
    ...service.ports
      .filter(({ name }) => !PORT_NAME.test(name))
      .map(({ name }) => ({
        path,
        message: `The port name ${JSON.stringify(name)} is not one that Kubernetes can carry.`,
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
            message: `${JSON.stringify(mount.file.name)} is not a plain file name.`,
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
    message: `${JSON.stringify(name)} is not the name of a variable.`,
    fix: 'Use letters, digits and underscores, not beginning with a digit, at most 255 characters.',
  };
}
