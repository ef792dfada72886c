import { addPolicyFile, GatewayPolicies } from './policy/policy-file';
import { accessText, PRESENT, Subject, Subjects } from './subject';
import { MountFact, Quantity } from '../plan/target-facts';

/** Adds storage at a path of a container. */
export function addMount(subjects: Subjects, subject: Subject, mount: MountFact, policies: GatewayPolicies): void {
  const about = { item: mount.path, text: accessText(mount.readOnly) };
  switch (mount.kind) {
    case 'scratch': {
      const size = mebibytes(mount.bytes ?? 'any size');
      const grants = mount.allows ?? [];
      const text = [size, ...grants, ...mount.readOnly ? ['read-only'] : []].join(', ');
      subject.add({ ...about, kind: 'scratch', text, access: { grants } });
      break;
    }
    case 'file': {
      const isPolicy = addPolicyFile(subjects, subject, mount, policies);
      subject.add({
        ...about,
        kind: 'file',
        detail: mount.file,
        // a policy is compared entry by entry
        hidden: isPolicy ? undefined : mount.content,
        access: { grants: mount.readOnly ? [] : ['write'] },
      });
      break;
    }
    case 'directory':
      subject.add({
        ...about,
        kind: 'folder',
        detail: `${mount.files.length} files`,
        hidden: JSON.stringify(mount.files),
        access: { grants: mount.readOnly ? [] : ['write'] },
      });
      break;
    case 'volume': addStorage(subject, mount, mount.volume === '' ? 'a new volume' : mount.volume); break;
    case 'host':
      addStorage(subject, mount, mount.machine === 'node' ? `${mount.directory} of the node` : mount.directory);
      if (mount.created) { subject.add({ kind: 'created-when-missing', item: mount.path, text: PRESENT }); }
      break;
    case 'secret': addStorage(subject, mount, `the secret ${mount.store}`); break;
    case 'other': addStorage(subject, mount, mount.source);
  }
}

function addStorage(subject: Subject, { path, readOnly }: MountFact, source: string): void {
  const grants = [`read ${source}`, ...readOnly ? [] : [`write ${source}`]];
  subject.add({ kind: 'mount', item: path, text: accessText(readOnly), detail: source, access: { grants } });
}

/** Bytes as `512 MiB`. */
export function mebibytes(bytes: Quantity): string {
  return typeof bytes === 'string' ? bytes : `${bytes / 1024 ** 2} MiB`;
}
