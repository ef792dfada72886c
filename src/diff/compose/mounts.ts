import { posix } from 'node:path';
import { COMPOSE_FOLDER } from '../../targets/layout';
import { sayFile, sayMount, sayScratch } from '../mounting';
import { readPolicyFile } from '../policy/policy-file';
import { Reading } from '../reading';
import { saySettings } from '../settings';
import { Subject } from '../subject';
import { isMap, listOf, mapOf, textOf, Tree } from '../tree';
import { memoryText } from '../units';

interface Mount {
  readonly type: string;
  readonly source: string;
  readonly target: string;
  readonly readOnly: boolean;
}

const KEYS = { read: ['type', 'source', 'target', 'read_only', 'bind', 'volume', 'tmpfs'], harmless: ['consistency'] };

/** `volumes` and `tmpfs` of a service. */
export function sayMounts(reading: Reading, subject: Subject, service: Tree): void {
  for (const entry of listOf(service.volumes)) {
    const mount = isMap(entry) ? longForm(entry) : shortForm(textOf(entry));
    sayOne(reading, subject, mount, mapOf(entry));
  }
  for (const entry of listOf(service.tmpfs)) { sayTmpfs(subject, textOf(entry)); }
  for (const entry of listOf(service.configs)) {
    const target = textOf(mapOf(entry).target ?? mapOf(entry).source ?? entry);
    sayMount(subject, { path: target, readOnly: true, source: `config ${textOf(mapOf(entry).source ?? entry)}` });
  }
}

function sayOne(reading: Reading, subject: Subject, { type, source, target, readOnly }: Mount, options: Tree): void {
  const path = posix.join(COMPOSE_FOLDER, source);
  const content = type === 'bind' ? reading.texts.get(path) : undefined;
  if (type === 'tmpfs') {
    const size = textOf(mapOf(options.tmpfs).size);
    sayScratch(subject, target, size === '' ? 'any size' : memoryText(size), ['programs']);
  } else if (content === undefined) {
    sayMount(subject, { path: target, readOnly, source: source === '' ? 'a new volume' : source });
  } else {
    const isTold = readPolicyFile(reading, subject, path, content);
    sayFile(subject, { path: target, readOnly, source: posix.basename(path) }, isTold ? undefined : content);
  }
  saySettings(subject, options, KEYS, `${target} `);
  saySettings(subject, mapOf(options.bind), { read: [], harmless: ['create_host_path'] }, `${target} bind.`);
  saySettings(subject, mapOf(options.volume), { read: [], harmless: ['nocopy'] }, `${target} volume.`);
  saySettings(subject, mapOf(options.tmpfs), { read: ['size'], harmless: ['mode'] }, `${target} tmpfs.`);
}

function longForm(entry: Tree): Mount {
  return {
    type: textOf(entry.type),
    source: textOf(entry.source),
    target: textOf(entry.target),
    readOnly: entry.read_only === true,
  };
}

/** `[source:]target[:ro]` */
function shortForm(text: string): Mount {
  const [first, second, options = ''] = text.split(/:(?!\\)/);
  if (second === undefined) { return { type: 'volume', source: '', target: first, readOnly: false }; }
  return {
    type: /^[./~]/.test(first) ? 'bind' : 'volume',
    source: first,
    target: second,
    readOnly: options.split(',').includes('ro'),
  };
}

/** What scratch space forbids, unless told otherwise. */
const FORBIDDEN: readonly (readonly [option: string, what: string])[] = [
  ['noexec', 'programs'],
  ['nosuid', 'set-user-ID'],
  ['nodev', 'devices'],
];

function sayTmpfs(subject: Subject, text: string): void {
  const [path, ...rest] = text.split(':');
  const options = rest.join(':').split(',');
  const size = options.find((option) => option.startsWith('size='))?.slice('size='.length);
  const gives = FORBIDDEN.filter(([option]) => !options.includes(option)).map(([, what]) => what);
  sayScratch(subject, path, size === undefined ? 'any size' : memoryText(size), gives);
}
