import { Subject, THERE } from './subject';

/** Who a container runs as; undefined where the image decides, which may be root. */
export function sayUser(subject: Subject, user: string | undefined, group: string | undefined): void {
  const gives = [isRoot(user) ? 'root' : [], isRoot(group) ? 'group root' : []].flat();
  const text = user === undefined ? 'the image\'s own' : [user, ...group === undefined ? [] : [group]].join(':');
  subject.say({ kind: 'user', text, power: { gives } });
}

function isRoot(id: string | undefined): boolean {
  return id === undefined || /^(?:0+|root)$/.test(id);
}

/** Whether the root file system can be written. */
export function sayRootFilesystem(subject: Subject, readOnly: boolean): void {
  subject.say({
    kind: 'root-filesystem',
    text: readOnly ? 'read-only' : 'writable',
    power: { gives: readOnly ? [] : ['write'] },
  });
}

/** Whether a program can gain rights that its parent lacks. */
export function sayEscalation(subject: Subject, allowed: boolean): void {
  subject.say({
    kind: 'new-privileges',
    text: allowed ? 'can be gained' : 'cannot be gained',
    power: { gives: allowed ? ['gain'] : [] },
  });
}

/** What a container keeps of root's rights. */
export function sayCapabilities(subject: Subject, add: readonly string[], drop: readonly string[]): void {
  const plain = (name: string) => name.toUpperCase().replace(/^CAP_/, '');
  const dropped = drop.map(plain);
  if (!dropped.includes('ALL')) {
    subject.say({ kind: 'capability', item: 'of the engine\'s default set', text: THERE, power: { level: 1 } });
    for (const name of dropped) {
      subject.say({ kind: 'dropped-capability', item: name, text: THERE, power: { guard: true } });
    }
  }
  for (const name of add.map(plain)) {
    subject.say({ kind: 'capability', item: name, text: THERE, power: { level: 1 } });
  }
}

/** A right that is dangerous by being there: all of root's, a namespace of the host. */
export function sayRight(subject: Subject, kind: string, text: string, item?: string): void {
  subject.say({ kind, item, text, power: { gives: [text] } });
}
