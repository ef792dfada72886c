import { posix } from 'node:path';
import { MountFact, SettingFact } from '../../../plan/target-facts';
import { COMPOSE_FOLDER } from '../../layout';
import { bytesOf } from '../../quantity';
import { isMap, listOf, mapOf, settingsOf, textOf, Tree } from '../../tree';
import { projectPath } from '../paths';

interface Entry {
  readonly type: string;
  readonly source: string;
  readonly target: string;
  readonly readOnly: boolean;
  /** Of the long form; empty for the short one. */
  readonly options: Tree;
}

const KEYS = { read: ['type', 'source', 'target', 'read_only', 'bind', 'volume', 'tmpfs'], harmless: ['consistency'] };

/**
 * Reads `volumes`, `tmpfs`, `configs` and `secrets` of a service.
 *
 * @param secrets `secrets` of the file.
 */
export function readMounts(
  service: Tree,
  files: ReadonlyMap<string, string>,
  secrets: Tree,
): { readonly mounts: MountFact[]; readonly settings: SettingFact[] } {
  const entries = listOf(service.volumes).map((entry) => (isMap(entry) ? longForm(entry) : shortForm(textOf(entry))));
  return {
    mounts: [
      ...entries.map((entry) => mountOf(entry, files)),
      ...listOf(service.tmpfs).map((entry) => tmpfsOf(textOf(entry))),
      ...listOf(service.configs).map(configOf),
      ...listOf(service.secrets).map((entry) => secretOf(entry, secrets)),
    ],
    settings: entries.flatMap(settingsOfMount),
  };
}

function mountOf(
  { type, source, target: path, readOnly, options }: Entry,
  files: ReadonlyMap<string, string>,
): MountFact {
  switch (type) {
    case 'tmpfs':
      return { kind: 'scratch', path, readOnly, bytes: bytesOf(mapOf(options.tmpfs).size), allows: ['programs'] };
    case 'bind': {
      const file = posix.join(COMPOSE_FOLDER, source);
      const content = files.get(file);
      if (content !== undefined) {
        return { kind: 'file', path, readOnly, file: posix.basename(file), place: file, content };
      }
      const created = mapOf(options.bind).create_host_path !== false;
      return { kind: 'host', machine: 'workstation', path, readOnly, directory: source, created };
    }
    case 'volume':
      return {
        kind: 'volume',
        path,
        readOnly,
        volume: [source, textOf(mapOf(options.volume).subpath)].filter(Boolean).join('/'),
      };
    default:
      return { kind: 'other', path, readOnly, source: `${type} ${source}`.trim() };
  }
}

function settingsOfMount({ target, options }: Entry): SettingFact[] {
  return [
    ...settingsOf(options, KEYS, `${target} `),
    ...settingsOf(mapOf(options.bind), { read: ['create_host_path'], harmless: [] }, `${target} bind.`),
    ...settingsOf(mapOf(options.volume), { read: ['subpath'], harmless: ['nocopy'] }, `${target} volume.`),
    ...settingsOf(mapOf(options.tmpfs), { read: ['size'], harmless: ['mode'] }, `${target} tmpfs.`),
  ];
}

function longForm(options: Tree): Entry {
  return {
    type: textOf(options.type),
    source: textOf(options.source),
    target: textOf(options.target),
    readOnly: options.read_only === true,
    options,
  };
}

/** `[source:]target[:ro]`; a source with a drive letter keeps its colon. */
function shortForm(text: string): Entry {
  const [first, second, options = ''] = text.split(/:(?!\\)/);
  if (second === undefined) { return { type: 'volume', source: '', target: first, readOnly: false, options: {} }; }
  return {
    type: /^(?:[./~]|[A-Za-z]:\\)/.test(first) ? 'bind' : 'volume',
    source: first,
    target: second,
    readOnly: options.split(',').includes('ro'),
    options: {},
  };
}

/** Mount options that forbid something in scratch space. */
const FORBIDDEN = [['noexec', 'programs'], ['nosuid', 'set-user-ID'], ['nodev', 'devices']] as const;

function tmpfsOf(text: string): MountFact {
  const [path, ...rest] = text.split(':');
  const options = rest.join(':').split(',');
  return {
    kind: 'scratch',
    path,
    readOnly: options.includes('ro'),
    bytes: bytesOf(options.find((option) => option.startsWith('size='))?.slice('size='.length)),
    allows: FORBIDDEN.filter(([option]) => !options.includes(option)).map(([, what]) => what),
  };
}

function configOf(entry: unknown): MountFact {
  const source = textOf(mapOf(entry).source ?? entry);
  return { kind: 'other', path: textOf(mapOf(entry).target ?? source), readOnly: true, source: `config ${source}` };
}

function secretOf(entry: unknown, secrets: Tree): MountFact {
  const source = textOf(mapOf(entry).source ?? entry);
  const { file, environment } = mapOf(secrets[source]);
  const target = textOf(mapOf(entry).target ?? source);
  return {
    kind: 'secret',
    path: target.startsWith('/') ? target : `/run/secrets/${target}`,
    readOnly: true,
    store:
      file !== undefined
        ? projectPath(textOf(file))
        : environment !== undefined
          ? `key ${textOf(environment)}`
          : source,
  };
}
