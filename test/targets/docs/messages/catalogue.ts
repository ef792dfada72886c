import { Messages } from '../../../../src/targets/docs/messages/messages';

/** A text, or what makes one: the tests look at what is there, not at what TypeScript promises. */
export type Message = string | readonly string[] | ((...args: never[]) => string);

type Change = (path: string, message: Message) => Message;

/** Returns a catalogue that passes each message through `change` whenever it is looked up. */
export function changed(messages: Messages, change: Change): Messages {
  return view(messages, '', change) as Messages;
}

/** Paths of all messages, `page.title`. */
export function pathsOf(messages: Messages): string[] {
  const paths: string[] = [];
  walk(messages, '', (path) => paths.push(path));
  return paths;
}

/** The message with a path. */
export function messageOf(messages: Messages, path: string): Message {
  return path.split('.').reduce<unknown>((group, key) => (group as Record<string, unknown>)[key], messages) as Message;
}

/** What a message says. */
export function said(message: Message, args: readonly unknown[] = []): string {
  if (typeof message === 'function') {
    return message(...args as never[]);
  }
  return typeof message === 'string' ? message : message.join(' | ');
}

function isMessage(value: unknown): value is Message {
  return typeof value !== 'object' || Array.isArray(value);
}

function walk(group: object, above: string, visit: (path: string) => void): void {
  for (const [key, value] of Object.entries(group) as [string, object][]) {
    const path = above === '' ? key : `${above}.${key}`;
    if (isMessage(value)) {
      visit(path);
    } else {
      walk(value, path, visit);
    }
  }
}

function view(group: object, above: string, change: Change): object {
  const seen = {};
  for (const [key, value] of Object.entries(group) as [string, object][]) {
    const path = above === '' ? key : `${above}.${key}`;
    const below = isMessage(value) ? undefined : view(value, path, change);
    Object.defineProperty(seen, key, { enumerable: true, get: () => below ?? change(path, value as Message) });
  }
  return seen;
}
