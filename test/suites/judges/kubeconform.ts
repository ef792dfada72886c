import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { loadAll } from 'js-yaml';
import { CannotJudge } from './cannot-judge';
import { Judge, Verdict } from './judge';
import { paths, Subjects, withoutHash } from './subjects';
import { Tools } from './tools';
import { KUSTOMIZATION_SCHEMA } from '../kustomization-schema';

interface Definition {
  readonly 'properties'?: Readonly<Record<string, unknown>>;
  readonly 'additionalProperties'?: unknown;
  readonly 'x-kubernetes-group-version-kind'?: readonly {
    readonly group: string;
    readonly version: string;
    readonly kind: string;
  }[];
}

interface Resource {
  readonly kind: string;
  readonly name: string;
  readonly status: string;
  readonly msg: string;
}

interface Result {
  readonly resources: readonly Resource[];
  readonly summary: {
    readonly valid: number;
    readonly invalid: number;
    readonly errors: number;
    readonly skipped: number;
  };
}

/**
 * Manifests against the schemas of several Kubernetes versions, strictly: a field that a version does not know is an
 * error.
 */
export const KUBECONFORM: Judge = { linter: 'kubeconform', judge };

function judge(subjects: Subjects, tools: Tools): Verdict {
  const schemas = readdirSync(subjects.data).filter((name) => /^kubernetes-.*\.json$/.test(name)).sort();
  if (!schemas.includes('kubernetes-1.28.json') || schemas.length < 2) {
    throw new CannotJudge(
      `The schemas of 1.28 and of the newest version are asked for; there are: ${schemas.join(', ')}.`,
    );
  }
  const files = subjects.toolboxes.flatMap((project) => paths(project, /^kubernetes\/.*\.yaml$/));
  const objects = files.flatMap(
    (file) => loadAll(readFileSync(file, 'utf8')) as { apiVersion: string; kind: string }[],
  );
  const findings = schemas.flatMap((schema) => {
    const folder = join(subjects.scratch, 'schemas', basename(schema, '.json'));
    writeSchemas(
      folder,
      join(subjects.data, schema),
      new Set(objects.map(({ apiVersion, kind }) => schemaName(apiVersion, kind))),
    );
    return problems(tools, `${folder}/{{.ResourceKind}}{{.KindSuffix}}.json`, files, objects.length)
      .map((finding) => ({ ...finding, message: `${schema}: ${finding.message}` }));
  });
  const versions = schemas.map((schema) => basename(schema, '.json').replace('kubernetes-', ''));
  return {
    version: tools.moduleVersion('kubeconform'),
    files: files.length,
    findings,
    note: `Kubernetes ${versions.join(', ')}, strict`,
  };
}

function problems(
  tools: Tools,
  location: string,
  files: readonly string[],
  count: number,
): Verdict['findings'][number][] {
  const { resources, summary } = tools.json<Result>('kubeconform', [
    '-strict',
    '-verbose',
    '-summary',
    '-output',
    'json',
    '-schema-location',
    location,
    ...files,
  ]);
  const seen = summary.valid + summary.invalid + summary.errors + summary.skipped;
  if (seen !== count) {
    throw new CannotJudge(`kubeconform looked at ${seen} of ${count} objects.`);
  }
  return resources
    .filter(({ status }) => status !== 'statusValid')
    .map(({ kind, name, status, msg }) => ({ check: status, where: `${kind} ${withoutHash(name)}`, message: msg }));
}

/**
 * The program looks for one file a kind; each has all definitions of its version, none of which takes a field that it
 * does not know.
 */
function writeSchemas(folder: string, path: string, wanted: ReadonlySet<string>): void {
  const { definitions } = JSON.parse(readFileSync(path, 'utf8')) as { definitions: Record<string, Definition> };
  const closed = Object.fromEntries(Object.entries(definitions).map(([key, definition]) => (
    [key, definition.properties === undefined ? definition : { additionalProperties: false, ...definition }])));
  const write = (name: string, schema: object): void =>
    writeFileSync(join(folder, `${name}.json`), JSON.stringify(schema));
  mkdirSync(folder, { recursive: true });
  write('kustomization-kustomize-v1beta1', KUSTOMIZATION_SCHEMA);
  for (const [key, { 'x-kubernetes-group-version-kind': kinds = [] }] of Object.entries(definitions)) {
    const names = kinds.map(({ group, version, kind }) =>
      schemaName(group === '' ? version : `${group}/${version}`, kind),
    );
    names
      .filter((name) => wanted.has(name))
      .forEach((name) => write(name, { $ref: `#/definitions/${key}`, definitions: closed }));
  }
}

/** As the program names it: the first word of the group is enough for it. */
function schemaName(apiVersion: string, kind: string): string {
  const [version, group] = apiVersion.split('/').reverse();
  return [kind, ...(group === undefined ? [] : [group.split('.')[0]]), version].join('-').toLowerCase();
}
