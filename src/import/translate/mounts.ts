import { statSync } from 'node:fs';
import { posix, resolve } from 'node:path';
import { Draft } from './draft';
import { idOf } from './names';
import { parseTemplate } from '../compose/template';
import { withDefaults } from '../compose/with-defaults';
import { call, Expression, list, name, object, options, Statement, value } from '../expression';
import { Outcome } from '../ledger';
import { Source } from '../source';

/** Volumes of the program, by what they stand for. */
export class Volumes {
  private readonly constants = new Map<string, string>();
  private readonly writers = new Map<string, Set<string>>();

  constructor(private readonly draft: Draft, private readonly document: Source) {
    for (const [, service] of document.get('services')?.entries ?? []) {
      for (const mount of service.get('volumes')?.items ?? []) {
        const id = identity(mount);
        if (id !== undefined && mount.get('read_only')?.text !== 'true') {
          this.writers.set(id, (this.writers.get(id) ?? new Set()).add(service.key));
        }
      }
    }
  }

  /** `volumes` of a service. */
  public mountsOf(service: Source): Expression | undefined {
    const mounts = (service.get('volumes')?.items ?? []).flatMap((mount) => this.mount(mount, service) ?? []);
    return mounts.length === 0 ? undefined : list(mounts);
  }

  private mount(mount: Source, service: Source): Expression | undefined {
    const target = mount.get('target')?.text;
    const source = mount.get('source')?.text;
    const given = mount.get('type')?.text ?? 'volume';
    const type = given === 'volume' && this.isFolder(source) ? 'bind' : given;
    if (
      target === undefined ||
      source === undefined ||
      (type !== 'volume' && type !== 'bind') ||
      mount.get('content')
    ) {
      return undefined;
    }
    // no target takes a variable in a path, and one in front of a path may stand for a volume as well
    if (target.includes('$') || (given === 'volume' && type === 'volume' && source.includes('$'))) {
      return undefined;
    }
    if (type === 'bind' && kindOf(source, this.draft.root) !== 'folder') {
      return undefined;
    }
    const constant = this.constantOf(mount, type, source, service);
    this.use(mount, type);
    const readOnly = mount.get('read_only')?.text === 'true';
    return call('Mount', 'volume', name(constant), this.draft.text(posix.normalize(target), mount.place), options({
      readOnly: readOnly ? value(true) : undefined,
    }));
  }

  /** Calls that mount files of the project, which are constructs of the service. */
  public fileCalls(service: Source, constant: string): Statement[] {
    const names = new Set<string>();
    return (service.get('volumes')?.items ?? []).flatMap((mount): Statement[] => {
      const source = mount.get('source')?.text ?? '';
      const target = mount.get('target')?.text ?? '';
      const isFile =
        mount.get('type')?.text === 'bind' &&
        mount.get('content') === undefined &&
        !/[$:]/.test(source + target) &&
        !/^[/~]|^(\.\/)?\.\.(\/|$)/.test(source) &&
        kindOf(source, this.draft.root) === 'file' &&
        posix.isAbsolute(target);
      if (!isFile) {
        return [];
      }
      this.use(mount, 'bind');
      const base = posix.basename(source);
      const id = names.has(base) ? posix.normalize(source).replaceAll('/', '-') : base;
      names.add(id);
      const file = call('ConfigFile', 'fromFile', name(constant), value(id), object({ file: value(source) }));
      return [
        {
          expression: call(
            name(constant),
            'addMount',
            call(
              'Mount',
              'file',
              file,
              value(posix.normalize(target)),
              options({
                readOnly: mount.get('read_only')?.text === 'true' ? undefined : value(false),
              }),
            ),
          ),
        },
      ];
    });
  }

  /** Whether a variable in front stands for a folder. */
  private isFolder(source: string | undefined): boolean {
    const [first] = parseTemplate(source ?? '') ?? [];
    return typeof first === 'object' && this.draft.madeUp.get(first.name)?.startsWith('/') === true;
  }

  private use(mount: Source, type: string): void {
    for (const key of ['type', 'source', 'target', 'read_only', 'consistency']) {
      mount.get(key)?.use('Mount.volume');
    }
    if (type === 'bind') {
      if (mount.get('volume')?.entries.length === 0) {
        mount.get('volume')?.use('Mount.volume');
      }
      mount.get('bind')?.get('create_host_path')?.use(
        'a folder that must exist',
        Outcome.TIGHTENED,
        'Make the folder before the first start; Compose made it, owned by root.',
      );
    } else if (mount.get('volume')?.entries.length === 0) {
      mount.get('volume')?.use('Mount.volume');
    }
  }

  private constantOf(mount: Source, type: string, source: string, service: Source): string {
    const id = identity(mount)!;
    const known = this.constants.get(id);
    if (known !== undefined) {
      return known;
    }
    const wanted =
      type === 'volume' ? source : posix.basename(posix.normalize(withDefaults(source)).replace(/\/$/, ''));
    const constant = this.draft.names.take(
      /[a-z0-9]/i.test(wanted) ? wanted : 'project',
      type === 'volume' ? 'Volume' : 'Folder',
    );
    this.constants.set(id, constant);
    if (type === 'volume') {
      this.draft.constants.set(`volumes ${source}`, constant);
    }
    const shared = {
      size: call('Size', 'gibibytes', value(10)),
      multiWriter: (this.writers.get(id)?.size ?? 0) > 1 ? value(true) : undefined,
    };
    const declared = type === 'volume' ? this.document.get('volumes')?.get(source) : undefined;
    if (declared !== undefined && declared.entries.length === 0) {
      declared.use('Volume.persistent');
    }
    const toolbox = name(this.draft.toolbox);
    const volumeId = this.draft.id(type === 'volume' ? source : idOf(wanted), type === 'volume' ? 'volume' : 'folder');
    this.draft.add('Volumes', {
      constant,
      comment: declared === undefined ? undefined : this.draft.commentOf(declared),
      expression: type === 'volume'
        ? call('Volume', 'persistent', toolbox, value(volumeId), object({
          ...shared,
          name: volumeId === source ? undefined : value(source),
        }))
        : call('Volume', 'hostDirectory', toolbox, value(volumeId), object({
          directory: this.draft.text(source, service.place),
          ...shared,
        })),
    });
    return constant;
  }
}

function identity(mount: Source): string | undefined {
  const source = mount.get('source')?.text;
  return source === undefined
    ? undefined
    : `${mount.get('type')?.text ?? 'volume'} ${posix.normalize(source).replace(/\/$/, '')}`;
}

/** What is not there is a folder if its name has no extension; a file that is not there cannot be read. */
function kindOf(source: string, root: string): 'folder' | 'file' | 'unknown' {
  const path = withDefaults(source);
  try {
    const stats = statSync(resolve(root, path));
    return stats.isDirectory() ? 'folder' : stats.isFile() ? 'file' : 'unknown';
  } catch {
    return /[^/.]\.\w+$/.test(path) ? 'unknown' : 'folder';
  }
}
