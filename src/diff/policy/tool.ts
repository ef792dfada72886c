import { NumberSpec, sayNumbers } from './numbers';
import { sayParameter } from './parameter';
import { sayRight } from '../security';
import { saySettings } from '../settings';
import { Subject, THERE } from '../subject';
import { isMap, listOf, mapOf, textOf, Tree } from '../tree';

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

/** As the schema of the manifest fills them in. */
const BY_KIND: Readonly<Record<string, readonly NumberSpec[]>> = {
  file: [{ kind: 'limit', item: 'entries', key: 'maxEntries', unit: '', otherwise: 1000 }],
  image: [
    { kind: 'limit', item: 'pixels', key: 'maxPixels', unit: '', otherwise: 40_000_000 },
    { kind: 'limit', item: 'longer edge', key: 'maxEdge', unit: ' pixels', otherwise: 1568 },
    { kind: 'limit', item: 'images', key: 'maxImages', unit: '', otherwise: 20 },
  ],
};

const FORMATS = ['docx', 'epub', 'html', 'image', 'markdown', 'pdf', 'pptx', 'xlsx'];

/** In one line: what the tool does, for whom, and where. */
export function toolSummary(tool: Tree): string {
  const { allow, deny } = mapOf(tool.paths);
  const does = Array.isArray(tool.argv) ? argvText(tool.argv) : `${textOf(tool.kind)} ${textOf(tool.operation)}`;
  const where = allow === undefined ? '' : `, paths ${listOf(allow).map(textOf).join(' ')}`;
  const but = listOf(deny).length === 0 ? '' : ` but not ${listOf(deny).map(textOf).join(' ')}`;
  return `${does}${tool.writes === true ? ', writes' : ''}, for ${listOf(tool.clients).map(textOf).join(', ')}${where}${but}`;
}

/** All that a tool lets through. */
export function sayTool(subject: Subject, tool: Tree): void {
  if (Array.isArray(tool.argv)) {
    sayRight(subject, 'command', argvText(tool.argv));
  } else {
    sayRight(subject, 'operation', `${textOf(tool.kind)} ${textOf(tool.operation)}`);
  }
  for (const client of listOf(tool.clients)) {
    subject.say({ kind: 'client', item: textOf(client), text: THERE, power: { level: 1 } });
  }
  sayPaths(subject, tool.paths);
  sayNumbers(subject, mapOf(tool.limits), LIMITS);
  sayNumbers(subject, tool, BY_KIND[textOf(tool.kind)] ?? []);
  saySettings(subject, mapOf(tool.limits), { read: LIMITS.map(({ key }) => key), harmless: [] }, 'limits.');
  sayKinds(subject, tool);
  for (const [name, parameter] of Object.entries(mapOf(tool.parameters))) { sayParameter(subject, name, parameter); }
  saySettings(subject, tool, KEYS);
}

function sayPaths(subject: Subject, value: unknown): void {
  const paths = mapOf(value);
  for (const glob of listOf(paths.allow)) {
    subject.say({ kind: 'allow', item: quoted(glob), text: THERE, power: { level: 1 } });
  }
  for (const glob of listOf(paths.deny)) {
    subject.say({ kind: 'deny', item: quoted(glob), text: THERE, power: { guard: true } });
  }
  saySettings(subject, paths, { read: ['allow', 'deny'], harmless: [] }, 'paths.');
}

function sayKinds(subject: Subject, tool: Tree): void {
  subject.say({
    kind: 'writes',
    text: tool.writes === true ? 'yes' : 'no',
    power: { level: tool.writes === true ? 1 : 0 },
  });
  if (Array.isArray(tool.argv)) {
    sayRight(subject, 'working-directory', textOf(tool.workingDirectory ?? 'the workspace'));
    // git itself obeys the workspace's configuration, which can name programs; the shadow shows all of the history
    sayRight(
      subject,
      'git',
      tool.gitHistory === true ? 'reads the history, and no configuration' : 'reads the configuration of the workspace',
    );
  }
  if (tool.kind === 'image') {
    for (const format of listOf(tool.formats ?? FORMATS)) {
      subject.say({ kind: 'format', item: textOf(format), text: THERE, power: { level: 1 } });
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
