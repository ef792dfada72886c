import { addParameter } from './parameter-entries';
import { isMap, listOf, mapOf, settingsOf, textOf, Tree } from '../../targets/tree';
import { Subject, PRESENT } from '../subject';

/** A number of which more is wider, and its value when the file does not state it. */
export interface NumberSpec {
  readonly kind: string;
  readonly item?: string;
  readonly key: string;
  readonly unit: string;
  readonly otherwise: number;
}

const KEYS = {
  read: [
    'kind',
    'name',
    'operation',
    'clients',
    'paths',
    'limits',
    'argv',
    'parameters',
    'writes',
    'gitHistory',
    'workingDirectory',
    'formats',
    'maxEntries',
    'maxPixels',
    'maxEdge',
    'maxImages',
  ],
  harmless: ['description'],
};

const LIMITS: readonly NumberSpec[] = [
  { kind: 'timeout', key: 'timeoutMs', unit: ' ms', otherwise: Infinity },
  { kind: 'limit', item: 'output', key: 'maxOutputBytes', unit: ' bytes', otherwise: Infinity },
  { kind: 'limit', item: 'input', key: 'maxInputBytes', unit: ' bytes', otherwise: Infinity },
  { kind: 'limit', item: 'calls', key: 'callsPerMinute', unit: ' a minute', otherwise: Infinity },
];

/** Defaults of the manifest's schema. */
const BY_KIND: Readonly<Record<string, readonly NumberSpec[]>> = {
  file: [{ kind: 'limit', item: 'entries', key: 'maxEntries', unit: '', otherwise: 1000 }],
  image: [
    { kind: 'limit', item: 'pixels', key: 'maxPixels', unit: '', otherwise: 40_000_000 },
    { kind: 'limit', item: 'longer edge', key: 'maxEdge', unit: ' pixels', otherwise: 1568 },
    { kind: 'limit', item: 'images', key: 'maxImages', unit: '', otherwise: 20 },
  ],
};

const FORMATS = ['docx', 'epub', 'html', 'image', 'markdown', 'pdf', 'pptx', 'xlsx'];

/** Returns in one line what the tool does, for which clients, and where. */
export function toolSummary(tool: Tree): string {
  const { allow, deny } = mapOf(tool.paths);
  const does = Array.isArray(tool.argv) ? argvText(tool.argv) : `${textOf(tool.kind)} ${textOf(tool.operation)}`;
  const where = allow === undefined ? '' : `, paths ${listOf(allow).map(textOf).join(' ')}`;
  const but = listOf(deny).length === 0 ? '' : ` but not ${listOf(deny).map(textOf).join(' ')}`;
  const writes = tool.writes === true ? ', writes' : '';
  return `${does}${writes}, for ${listOf(tool.clients).map(textOf).join(', ')}${where}${but}`;
}

/** Adds all that a tool lets through. */
export function addTool(subject: Subject, tool: Tree): void {
  if (Array.isArray(tool.argv)) {
    subject.addRight('command', argvText(tool.argv));
  } else {
    subject.addRight('operation', `${textOf(tool.kind)} ${textOf(tool.operation)}`);
  }
  for (const client of listOf(tool.clients)) {
    subject.addPermission('client', textOf(client));
  }
  addPaths(subject, tool.paths);
  addNumbers(subject, mapOf(tool.limits), LIMITS);
  addNumbers(subject, tool, BY_KIND[textOf(tool.kind)] ?? []);
  subject.addSettings(settingsOf(mapOf(tool.limits), { read: LIMITS.map(({ key }) => key), harmless: [] }, 'limits.'));
  addActions(subject, tool);
  for (const [name, parameter] of Object.entries(mapOf(tool.parameters))) { addParameter(subject, name, parameter); }
  subject.addSettings(settingsOf(tool, KEYS));
}

function addPaths(subject: Subject, value: unknown): void {
  const paths = mapOf(value);
  for (const glob of listOf(paths.allow)) {
    subject.addPermission('allow', quoted(glob));
  }
  for (const glob of listOf(paths.deny)) {
    subject.add({ kind: 'deny', item: quoted(glob), text: PRESENT, access: { restricts: true } });
  }
  subject.addSettings(settingsOf(paths, { read: ['allow', 'deny'], harmless: [] }, 'paths.'));
}

function addActions(subject: Subject, tool: Tree): void {
  subject.add({
    kind: 'writes',
    text: tool.writes === true ? 'yes' : 'no',
    access: { level: tool.writes === true ? 1 : 0 },
  });
  if (Array.isArray(tool.argv)) {
    subject.addRight('working-directory', textOf(tool.workingDirectory ?? 'the workspace'));
    // git obeys the workspace's configuration, which can name programs; the shadow repository holds the whole history
    subject.addRight(
      'git',
      tool.gitHistory === true ? 'reads the history, and no configuration' : 'reads the configuration of the workspace',
    );
  }
  if (tool.kind === 'image') {
    for (const format of listOf(tool.formats ?? FORMATS)) {
      subject.addPermission('format', textOf(format));
    }
  }
}

/** `git log --max-count={count}` */
function argvText(argv: readonly unknown[]): string {
  return argv
    .map((word) => (isMap(word) ? `${textOf(word.prefix ?? '')}{${textOf(word.parameter)}}` : textOf(word)))
    .join(' ');
}

function quoted(glob: unknown): string {
  return JSON.stringify(textOf(glob));
}

/** Adds numbers that a file may leave out. */
export function addNumbers(subject: Subject, values: Tree, specs: readonly NumberSpec[]): void {
  for (const { kind, item, key, unit, otherwise } of specs) {
    const value = values[key] ?? otherwise;
    const text = value === Infinity ? 'none' : `${textOf(value)}${unit}`;
    const level = typeof value === 'number' ? value : Infinity;
    subject.add({ kind, item, text, access: { level } });
  }
}
