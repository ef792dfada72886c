import { Subject } from './subject';
import { SecurityFacts } from '../plan/target-facts';

/** Adds who a container runs as and which rights it has. */
export function addSecurity(subject: Subject, facts: SecurityFacts): void {
  addUser(subject, facts);
  addToggle(subject, 'root-filesystem', facts.readOnlyRoot ? 'read-only' : 'writable', !facts.readOnlyRoot);
  const escalation = facts.gainsPrivileges ? 'can be gained' : 'cannot be gained';
  addToggle(subject, 'new-privileges', escalation, facts.gainsPrivileges);
  addCapabilities(subject, facts);
  if (facts.privileged !== undefined) { subject.addRight('privileged', facts.privileged); }
  facts.options.forEach((option) => subject.addRight('security-option', option, option.split(/[:=]/)[0]));
  if (facts.systemCalls !== undefined) {
    const isFiltered = facts.systemCalls === 'RuntimeDefault' || facts.systemCalls === 'Localhost';
    addToggle(subject, 'system-calls', facts.systemCalls, !isFiltered);
  }
  for (const { namespace, owner } of facts.sharedNamespaces) {
    if (namespace === 'network') {
      subject.addRight('network-of', owner === 'host' ? 'the host' : owner);
    } else {
      subject.addRight('shares', owner, namespace);
    }
  }
  facts.devices.forEach((device) => subject.addPermission('device', device));
}

/** An image whose user is not stated may run as root. */
function addUser(subject: Subject, { user, group }: SecurityFacts): void {
  const grants = [...isRoot(user) ? ['root'] : [], ...isRoot(group) ? ['group root'] : []];
  const text = user === undefined ? "the image's own" : [user, ...group === undefined ? [] : [group]].join(':');
  subject.add({ kind: 'user', text, access: { grants } });
}

function isRoot(id: string | undefined): boolean {
  return id === undefined || /^(?:0+|root)$/.test(id);
}

/** Adds something that is always stated, and wider when it is open. */
export function addToggle(subject: Subject, kind: string, text: string, isOpen: boolean): void {
  subject.add({ kind, text, access: { grants: isOpen ? ['open'] : [] } });
}

/** The rights of root that a container keeps. */
function addCapabilities(subject: Subject, { addedCapabilities, droppedCapabilities }: SecurityFacts): void {
  if (!droppedCapabilities.includes('ALL')) {
    subject.addPermission('capability', "of the engine's default set");
    for (const item of droppedCapabilities) {
      subject.add({ kind: 'dropped-capability', item, text: 'yes', access: { restricts: true } });
    }
  }
  addedCapabilities.forEach((name) => subject.addPermission('capability', name));
}
