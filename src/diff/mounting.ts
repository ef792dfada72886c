import { Subject } from './subject';

/** Storage at a path of a container. */
export interface Mounted {
  readonly path: string;
  readonly readOnly: boolean;
  /** What is behind it, as the target calls it. */
  readonly source: string;
}

export function sayMount(subject: Subject, { path, readOnly, source }: Mounted): void {
  const gives = [`read ${source}`, ...readOnly ? [] : [`write ${source}`]];
  subject.say({ kind: 'mount', item: path, text: accessText(readOnly), detail: source, power: { gives } });
}

/**
 * A generated file at a path of a container.
 *
 * @param content undefined when it is read by someone who tells more than that it changed.
 */
export function sayFile(subject: Subject, { path, readOnly, source }: Mounted, content: string | undefined): void {
  subject.say({
    kind: 'file',
    item: path,
    text: accessText(readOnly),
    detail: source,
    hidden: content,
    power: { gives: readOnly ? [] : ['write'] },
  });
}

export function accessText(readOnly: boolean): string {
  return readOnly ? 'read-only' : 'read-write';
}

/** Memory at a path of a container, gone with it. */
export function sayScratch(subject: Subject, path: string, size: string, gives: readonly string[]): void {
  subject.say({ kind: 'scratch', item: path, text: [size, ...gives].join(', '), power: { gives } });
}
