import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parse, parseAllDocuments, stringify } from 'yaml';
import { Change, findChanges } from '../../src/diff/find-changes';
import { formatChange } from '../../src/diff/format-changes';

export type Texts = ReadonlyMap<string, string>;

/** Data of a parsed file, to be changed at will. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a test reaches into files whose shape it knows
export type Data = any;

const DIST = join(__dirname, '..', '..', 'dist');

/** The committed files of GARVIS. */
export const GARVIS: Texts = new Map(['compose', 'kubernetes'].flatMap(below));

function below(path: string): [string, string][] {
  const full = join(DIST, path);
  return statSync(full).isDirectory()
    ? readdirSync(full)
      .sort()
      .flatMap((name) => below(`${path}/${name}`))
    : [[path, readFileSync(full, 'utf8')]];
}

/** One text changed; fails when there is none. */
export function withText(texts: Texts, path: string, edit: (text: string) => string): Texts {
  if (!texts.has(path)) { throw new Error(`There is no ${path}.`); }
  return new Map([...texts].map(([name, text]) => [name, name === path ? edit(text) : text]));
}

export function composePath(texts: Texts): string {
  return [...texts.keys()].find((path) => /^compose\/docker-compose(\.draft)?\.yml$/.test(path))!;
}

/** The compose file changed as data. */
export function editCompose(edit: (file: Data) => void): (texts: Texts) => Texts {
  return (texts) => withText(texts, composePath(texts), (text) => edited(parse(text), edit));
}

/** One service of the compose file changed. */
export function editService(name: string, edit: (service: Data) => void): (texts: Texts) => Texts {
  return editCompose((file) => edit(file.services[name]));
}

/** One object of the manifests changed. */
export function editObject(kind: string, name: string, edit: (object: Data) => void): (texts: Texts) => Texts {
  return (texts) => {
    let found = false;
    const changed = new Map([...texts].map(([path, text]) => {
      if (!path.startsWith('kubernetes/')) { return [path, text]; }
      const objects = objectsOf(text);
      const [object] = objects.filter((one) => one.kind === kind && one.metadata?.name.startsWith(name));
      if (object === undefined) { return [path, text]; }
      found = true;
      edit(object);
      return [path, manifestOf(objects)];
    }));
    if (!found) { throw new Error(`There is no ${kind} ${name}.`); }
    return changed;
  };
}

export function objectsOf(text: string): Data[] {
  return [...parseAllDocuments(text)].map((document) => document.toJS());
}

export function manifestOf(objects: readonly Data[]): string {
  return objects.map((object) => stringify(object)).join('---\n');
}

/** The first container of a workload changed. */
export function editContainer(kind: string, name: string, edit: (container: Data) => void): (texts: Texts) => Texts {
  return editObject(kind, name, (object) => edit(object.spec.template.spec.containers[0]));
}

/** The gateway's policy changed, on both targets. */
export function editPolicy(edit: (policy: Data) => void): (texts: Texts) => Texts {
  return (texts) => {
    const path = [...texts.keys()].find((one) => one.endsWith('mcp-gateway/manifest.json'))!;
    const inCompose = withText(texts, path, (text) => jsonEdited(text, edit));
    return editObject('ConfigMap', 'mcp-gateway-files', (map) => {
      map.data['manifest.json'] = jsonEdited(map.data['manifest.json'], edit);
    })(inCompose);
  };
}

/** One tool of the policy changed, on both targets. */
export function editTool(name: string, edit: (tool: Data) => void): (texts: Texts) => Texts {
  return editPolicy((policy) => edit(policy.tools.find((tool: Data) => tool.name === name)));
}

function edited(value: Data, edit: (value: Data) => void): string {
  edit(value);
  return stringify(value, { aliasDuplicateObjects: false });
}

function jsonEdited(text: string, edit: (value: Data) => void): string {
  const value = JSON.parse(text);
  edit(value);
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

/** Each change as `effect  words`. */
export function linesOf(before: Texts, after: Texts): string[] {
  const { changes, unread } = findChanges(before, after);
  return [
    ...unread.map(({ path, reason }) => `unread ${path}: ${reason}`),
    ...changes.map((change) => `${change.effect}  ${formatChange(change)}`),
  ];
}

const OPPOSITES = { widened: 'narrowed', narrowed: 'widened', neutral: 'neutral' } as const;

/** The changes of the way back. */
export function reversed(changes: readonly Change[]): Change[] {
  return changes.map(({ before, after, effect, ...rest }) => ({
    ...rest,
    ...(after === undefined ? {} : { before: after }),
    ...(before === undefined ? {} : { after: before }),
    effect: OPPOSITES[effect],
  }));
}

/** Without an order, to be compared. */
export function asSet(changes: readonly Change[]): string[] {
  return changes.map((one) => JSON.stringify(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)))).sort();
}
