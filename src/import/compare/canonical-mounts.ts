import { posix } from 'node:path';
import type { Scope } from './canonical';

type Mount = Readonly<Record<string, unknown>>;

/** A mount at its path, by the name that the engine knows, with the content of a file that was generated. */
export function canonicalMount(mount: Mount, { names, generated, project }: Scope): [path: string, mount: unknown] {
  const {
    type = 'volume',
    source,
    target,
    read_only: readOnly,
    bind,
    volume,
    tmpfs,
    content,
    consistency: _,
    ...rest
  } = mount;
  const path = posix.normalize(String(target)).replace(/(?<=.)\/$/, '');
  const common = { ...rest, ...readOnly === true ? { read_only: true } : {} };
  // whether a variable in front is a volume or a folder shows only when it has its value
  if (type === 'bind' || (type === 'volume' && /^[./~]/.test(String(source ?? '')))) {
    const from = hostPath(String(source ?? ''));
    const text = content ?? generated.get(from);
    if (text !== undefined) {
      return [path, { ...common, content: text }];
    }
    const { create_host_path: create, ...options } = (bind ?? {}) as Mount;
    const kept = Object.fromEntries(Object.entries(options).filter(([, one]) => one !== undefined && one !== null));
    return [path, {
      ...common,
      type: 'bind',
      source: from,
      ...create === false || create === undefined ? {} : { create_host_path: true },
      ...kept,
    }];
  }
  const name =
    source === undefined || source === ''
      ? undefined
      : (names.volumes.get(String(source)) ?? `${project}_${String(source)}`);
  const flat = { ...(volume ?? {}) as object, ...(tmpfs ?? {}) as object };
  return [path, { ...common, type, ...name === undefined ? {} : { source: name }, ...flat }];
}

function hostPath(source: string): string {
  return /^[~$]/.test(source) ? source : posix.normalize(source).replace(/(?<=.)\/$/, '');
}
