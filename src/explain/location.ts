import { relative, resolve, sep } from 'node:path';
import { CONFIG_FOLDERS, GeneratedKind, Places } from './places';
import { UsageError } from '../util/errors';
import { didYouMean } from '../util/nearest';

/** The place that a person asked about. */
export interface Location {
  readonly kind: GeneratedKind;
  /** Relative to the output folder, with forward slashes; undefined for an object that has to be looked for. */
  readonly file?: string;
  /** First line is 1. */
  readonly line?: number;
  /** Kind and name of a Kubernetes object. */
  readonly object?: { readonly kind: string; readonly name: string };
  /** Path below the document or object, or text of the page; empty for the whole. */
  readonly within: string;
}

const TARGETS = ['compose', 'kubernetes', 'status'];
const FILE = /^(.+?\.[A-Za-z.]+)(?::(\d{1,9}))?$/;

/**
 * Reads what follows `toolbox explain`.
 *
 * @param cwd where the command was called: a file may be named from there.
 * @throws UsageError when nothing can be meant by it.
 */
export function readLocation([target, ...words]: readonly string[], places: Places, cwd: string): Location {
  const within = words.join(' ').trim();
  switch (target) {
    case 'compose':
      return atPlace(
        { kind: 'compose', file: places.compose },
        within,
        'a line of the file, or a path such as services.web.image',
      );
    case 'status':
      return atPlace(
        { kind: 'page', file: places.status },
        within,
        'a line of the page, a heading, or the text of a row',
      );
    case 'kubernetes':
      return inKubernetes(words, places);
    default:
      return inFile(target, within, places, cwd);
  }
}

function atPlace(place: Pick<Location, 'kind' | 'file'>, within: string, wanted: string): Location {
  if (within === '') { throw new UsageError(`where in ${place.file}? Give ${wanted}.`); }
  return /^\d{1,9}$/.test(within) ? { ...place, line: Number(within), within: '' } : { ...place, within };
}

function inKubernetes([first = '', ...rest]: readonly string[], places: Places): Location {
  const within = rest.join(' ').trim();
  const [, file, line] = /^(\S+\.ya?ml)(?::(\d{1,9}))?$/.exec(first) ?? [];
  if (file !== undefined) {
    const place = { kind: 'kubernetes', file: `${places.kubernetes}/${file}` } as const;
    return line === undefined
      ? atPlace(place, within, 'a line, as FILE:30, or the path of a field')
      : { ...place, line: Number(line), within: '' };
  }
  const [, kind, name] = /^([A-Za-z]+)\/(\S+)$/.exec(first) ?? [];
  if (kind === undefined) {
    throw new UsageError(
      'a place in the manifests is FILE:LINE, as services/web.yaml:30, or an object and a field, as '
        + 'Deployment/web spec.replicas.',
    );
  }
  return { kind: 'kubernetes', object: { kind, name }, within };
}

function inFile(target: string, within: string, places: Places, cwd: string): Location {
  const [, name, line] = FILE.exec(target) ?? [];
  const file = name === undefined ? undefined : generatedFile(name, places, cwd);
  if (file === undefined) {
    throw new UsageError(
      `"${target}" is neither ${TARGETS.join(', ')} nor a generated file.${didYouMean(target, TARGETS)}`,
    );
  }
  const place = { kind: kindOf(file), file };
  return line === undefined
    ? atPlace(place, within, `a line, as ${name}:30`)
    : { ...place, line: Number(line), within: '' };
}

/** The file below the output folder, by its path from here, from the project's folder or from the output folder. */
function generatedFile(name: string, { root, outdir, exists }: Places, cwd: string): string | undefined {
  const folder = resolve(root, outdir);
  const candidates = [cwd, root, folder].map((from) => relative(folder, resolve(from, name)).split(sep).join('/'));
  return candidates.find((file) => file !== '' && !file.startsWith('../') && exists(file));
}

function kindOf(file: string): GeneratedKind {
  if (/^compose\/[^/]+\.ya?ml$/.test(file)) { return 'compose'; }
  if (/^kubernetes\/.*\.yaml$/.test(file)) { return 'kubernetes'; }
  if (CONFIG_FOLDERS.some((folder) => file.startsWith(folder))) { return 'config'; }
  if (file.endsWith('.md')) { return 'page'; }
  return 'other';
}
