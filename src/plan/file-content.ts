import { ContentPlan, DataPlan, EndpointPlan, ServicePlan, TablePlan } from './service-plan';
import { partsOf } from './value-parts';

/** Returns the text of a piece of data that a target resolves; undefined if nothing is behind it. */
export type PieceText = (piece: Exclude<ContentPlan, { kind: 'data' }>) => string | undefined;

/** Returns the text of a file; undefined if the text of a piece is. */
export function contentText(content: readonly ContentPlan[], textOf: PieceText): string | undefined {
  const texts = content.map((piece) => (piece.kind === 'data' ? dataText(piece, textOf) : textOf(piece)));
  return texts.includes(undefined) ? undefined : texts.join('');
}

/** Returns every address that a service is given, in its environment or in a file. */
export function endpointsOf({ environment, mounts }: Pick<ServicePlan, 'environment' | 'mounts'>): EndpointPlan[] {
  const pieces: DataPlan[] = [
    ...environment
      .flatMap(({ value }) => partsOf(value))
      .flatMap((part) =>
        part.kind === 'endpoint' || part.kind === 'port'
          ? [{ kind: 'endpoint' as const, endpoint: part.endpoint }]
          : [],
      ),
    ...mounts.flatMap((mount) => (mount.kind === 'file' ? mount.file.content.map(dataOf) : [])),
  ];
  return pieces.flatMap(endpointsIn);
}

function dataOf(piece: ContentPlan): DataPlan {
  return piece.kind === 'data' ? piece.data : piece;
}

function endpointsIn(data: DataPlan): EndpointPlan[] {
  if (typeof data !== 'object') {
    return [];
  }
  if (isList(data)) {
    return data.flatMap(endpointsIn);
  }
  switch (data.kind) {
    case 'table':
      return data.entries.flatMap(({ value }) => endpointsIn(value));
    case 'endpoint':
      return [data.endpoint];
    default:
      return [];
  }
}

/** Data whose pieces are resolved. */
type Plain = string | number | boolean | Plain[] | Map<string, Plain>;

function dataText({ format, data }: ContentPlan & { kind: 'data' }, textOf: PieceText): string | undefined {
  const plain = plainTable(data, textOf);
  if (plain === undefined) {
    return undefined;
  }
  switch (format) {
    case 'json':
      return `${JSON.stringify(plain, (_, value: unknown) => (isMap(value) ? Object.fromEntries(value) : value), 2)}\n`;
    case 'toml':
      return `${tomlTables([], plain).join('\n\n')}\n`;
  }
}

function plainTable({ entries }: TablePlan, textOf: PieceText): Map<string, Plain> | undefined {
  const values = entries.map(({ name, value }): [string, Plain | undefined] => [name, plainData(value, textOf)]);
  return values.every((one): one is [string, Plain] => one[1] !== undefined) ? new Map(values) : undefined;
}

function plainData(data: DataPlan, textOf: PieceText): Plain | undefined {
  if (typeof data !== 'object') {
    return data;
  }
  if (isList(data)) {
    const items = data.map((item) => plainData(item, textOf));
    return items.every((item) => item !== undefined) ? items : undefined;
  }
  return data.kind === 'table' ? plainTable(data, textOf) : textOf(data);
}

/** A table and the tables below it, in order. A table that holds nothing but tables has no heading of its own. */
function tomlTables(path: readonly string[], table: ReadonlyMap<string, Plain>): string[] {
  const isTable = (entry: [string, Plain]): entry is [string, Map<string, Plain>] => isMap(entry[1]);
  const entries = [...table];
  const tables = entries.filter(isTable);
  const own = entries
    .filter((entry) => !isTable(entry))
    .map(([name, value]) => `${tomlKey(name)} = ${tomlValue(value)}`);
  const heading = path.length === 0 ? [] : [`[${path.map(tomlKey).join('.')}]`];
  return [
    ...(own.length > 0 || tables.length === 0 ? [[...heading, ...own].join('\n')] : []),
    ...tables.flatMap(([name, below]) => tomlTables([...path, name], below)),
  ];
}

function tomlValue(value: Plain): string {
  if (Array.isArray(value)) {
    return `[${value.map(tomlValue).join(', ')}]`;
  }
  if (isMap(value)) {
    return `{ ${[...value].map(([name, item]) => `${tomlKey(name)} = ${tomlValue(item)}`).join(', ')} }`;
  }
  return typeof value === 'string' ? tomlString(value) : String(value);
}

/** Keys are bare where TOML allows it. */
function tomlKey(text: string): string {
  return /^[A-Za-z0-9_-]+$/.test(text) ? text : tomlString(text);
}

/** A basic string: the escapes of JSON are a part of those of TOML. */
function tomlString(text: string): string {
  return JSON.stringify(text).replace(/\u007f/g, '\\u007F');
}

function isList(data: object): data is readonly DataPlan[] {
  return Array.isArray(data);
}

function isMap(value: unknown): value is Map<string, Plain> {
  return value instanceof Map;
}
