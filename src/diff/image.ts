import { Subject } from './subject';

/** The image, and whether a digest pins it. */
export function sayImage(subject: Subject, reference: string): void {
  subject.say({ kind: 'image', text: reference });
  if (/@sha256:[0-9a-f]{64}$/.test(reference)) {
    subject.say({ kind: 'image-digest', text: 'pinned', power: { guard: true } });
  }
}
