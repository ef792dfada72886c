import { DocumentProblem, wrongValue } from './document-problem';
import { placeOf } from './value-grammar';
import { didYouMean } from '../../util/nearest';
import { entriesOf, isMap, listOf, mapOf, textOf, Tree } from '../tree';

/** A name that a service uses. */
interface Reference {
  /** Key of the file that must declare the name. */
  readonly list: string;
  readonly name: string;
  readonly at: readonly string[];
}

/** Finds names that a service uses and the file does not declare, and services that wait for themselves. */
export function undefinedReferences(file: Tree): DocumentProblem[] {
  const references = Object.entries(mapOf(file.services)).flatMap(([name, service]) => (
    referencesOf(mapOf(service), ['services', name])));
  return [
    ...references.flatMap(({ list, name, at }) => {
      const known = [...Object.keys(mapOf(file[list])), ...list === 'networks' ? ['default'] : []];
      if (known.includes(name)) { return []; }
      return [wrongValue(
        `${placeOf(at)} names the ${list.slice(0, -1)} ${JSON.stringify(name)}, which the file does not have.`,
        `Declare it, for example with toolbox.overrideCompose("${list}", ...).${didYouMean(name, known)}`,
        at,
      )];
    }),
    ...cycles(references.filter(({ list }) => list === 'services')),
  ];
}

/** Keys of a service whose items are names. */
const NAMES = ['networks', 'secrets', 'configs', 'models'];

function referencesOf(service: Tree, at: readonly string[]): Reference[] {
  const names = (list: string, value: unknown, ...keys: readonly string[]): Reference[] =>
    entriesOf(value).map(([name]) => ({ list, name, at: [...at, ...keys] }));
  const sources = (list: string, value: unknown, ...keys: readonly string[]): Reference[] =>
    listOf(value).map((entry) => ({ list, name: textOf(mapOf(entry).source ?? entry), at: [...at, ...keys] }));
  const services = (value: unknown, key: string): Reference[] => {
    const [, name] = /^service:(.+)$/.exec(textOf(value)) ?? [];
    return name === undefined ? [] : [{ list: 'services', name, at: [...at, key] }];
  };
  const { extends: base, build } = service;
  return [
    ...NAMES.flatMap((key) => (isMap(service[key]) ? names : sources)(key, service[key], key)),
    ...sources('secrets', mapOf(build).secrets, 'build', 'secrets'),
    ...volumesOf(service).map((name) => ({ list: 'volumes', name, at: [...at, 'volumes'] })),
    ...names('services', service.depends_on, 'depends_on'),
    ...names('services', listOf(service.links).map((link) => textOf(link).split(':')[0]), 'links'),
    ...names(
      'services',
      listOf(service.volumes_from).map(textOf).filter((one) => !one.startsWith('container:'))
        .map((one) => one.split(':')[0]),
      'volumes_from',
    ),
    ...['network_mode', 'ipc', 'pid'].flatMap((key) => services(service[key], key)),
    ...base === undefined || mapOf(base).file !== undefined
      ? []
      : [{ list: 'services', name: textOf(mapOf(base).service ?? base), at: [...at, 'extends'] }],
  ];
}

function volumesOf(service: Tree): string[] {
  return listOf(service.volumes).flatMap((mount) => {
    if (isMap(mount)) { return mount.type === 'volume' && textOf(mount.source) !== '' ? [textOf(mount.source)] : []; }
    const [source, target] = textOf(mount).split(/:(?!\\)/);
    return target === undefined || /^(?:[./~\\]|[A-Za-z]:)/.test(source) ? [] : [source];
  });
}

function cycles(references: readonly Reference[]): DocumentProblem[] {
  const edges = new Map<string, Set<string>>();
  for (const { at: [, from], name } of references) {
    edges.set(from, (edges.get(from) ?? new Set()).add(name));
  }
  return references.filter(({ at: [, from], name }) => reaches(edges, name, from)).map(({ at, name }) => wrongValue(
    `${placeOf(at)} makes ${JSON.stringify(at[1])} and ${JSON.stringify(name)} wait for each other.`,
    'Remove one of the two dependencies.',
    at,
  ));
}

function reaches(edges: ReadonlyMap<string, ReadonlySet<string>>, from: string, to: string): boolean {
  const seen = new Set([from]);
  for (const name of seen) {
    if (name === to) { return true; }
    edges.get(name)?.forEach((next) => seen.add(next));
  }
  return false;
}
