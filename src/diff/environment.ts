import { Subject } from './subject';

const SENSITIVE = /token|secret|passw|credential|(?:^|_)key(?:$|_)|auth/i;

/**
 * A variable with a value that stands in the file. Where the name says that it should not, the value is compared and
 * not shown.
 */
export function sayVariable(subject: Subject, name: string, value: string): void {
  subject.say(SENSITIVE.test(name)
    ? { kind: 'environment', item: name, text: '(not shown)', hidden: value }
    : { kind: 'environment', item: name, text: JSON.stringify(value) });
}

/** A variable whose value comes from somewhere else. */
export function sayBorrowed(subject: Subject, name: string, source: string): void {
  subject.say({ kind: 'environment', item: name, text: `from ${source}`, power: { gives: [source] } });
}

/** A secret that a service is given. */
export function saySecret(subject: Subject, name: string, source: string): void {
  subject.say({ kind: 'secret', item: name, text: 'given', detail: source, power: { gives: [source] } });
}
