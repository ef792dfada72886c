import * as jsYaml from 'js-yaml';
import * as yaml from 'yaml';

/** Readers of YAML that take text in different ways. */
export const READERS: Readonly<Record<string, (text: string) => unknown[]>> = {
  'yaml 1.2': (text) => yaml.parseAllDocuments(text).map((one) => one.toJS() as unknown),
  'yaml 1.1': (text) =>
    yaml.parseAllDocuments(text, { version: '1.1', merge: true }).map((one) => one.toJS() as unknown),
  'js-yaml': (text) => jsYaml.loadAll(text),
};

/** The documents of a file, the same in every reader; fails when one of them sees something else, or complains. */
export function readAlike(text: string): unknown[] {
  const problems = yaml
    .parseAllDocuments(text, { version: '1.1', merge: true })
    .flatMap((one) => [...one.errors, ...one.warnings].map(({ message }) => message));
  expect(problems).toEqual([]);
  const [first, ...others] = Object.entries(READERS).map(([reader, read]) => ({ reader, documents: read(text) }));
  others.forEach(({ reader, documents }) =>
    expect({ reader, documents }).toEqual({ reader, documents: first.documents }),
  );
  return first.documents;
}

/** Files of a kind, by the end of their paths. */
export function filesOf(files: Readonly<Record<string, string>>, ending: RegExp): string[] {
  return Object.keys(files).filter((path) => ending.test(path)).sort().map((path) => files[path]);
}

export const COMPOSE_FILE = /^compose\/docker-compose[^/]*\.yml$/;
export const MANIFEST = /^kubernetes\/.*\.yaml$/;

/** The service `app` of the compose file, and the container of that name in the manifests. */
export function appOf(files: Readonly<Record<string, string>>): { readonly compose: any; readonly container: any } {
  const [compose] = filesOf(files, COMPOSE_FILE).flatMap(readAlike) as any[];
  const objects = filesOf(files, MANIFEST).flatMap(readAlike) as any[];
  const workload = objects.find(({ kind }) => ['Deployment', 'StatefulSet', 'Job'].includes(kind as string));
  return { compose: compose?.services.app, container: workload?.spec.template.spec.containers[0] };
}
