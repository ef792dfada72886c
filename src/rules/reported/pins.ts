import { Severity } from '../../model/finding';
import { reporterOf } from '../../model/rule-facts';

/** What `toolbox pins` has to say about digests. */
export const PINS_RULES = [
  {
    id: 'pin-digest-missing',
    severity: Severity.WARNING,
    title: 'The digest of an image that a registry has is recorded',
    fix: 'Run "npx toolbox-constructs pins update", and review the change.',
  },
  {
    id: 'pin-drift',
    severity: Severity.ERROR,
    title: 'A registry still has the digest that is recorded for a tag',
    fix: 'Find out what changed in the image; then run "npx toolbox-constructs pins update", and review the change.',
  },
  {
    id: 'pin-lookup',
    severity: Severity.ERROR,
    title: 'A registry tells what an image is',
    fix: 'Fix the name or the tag, log in with "docker login", or try again when the registry answers.',
  },
  {
    id: 'pin-place',
    severity: Severity.ERROR,
    title: 'A pin tells the file in which it is written',
    fix: 'Read pins with PinInventory.fromFile, or write the digest where they come from.',
  },
] as const;

/** Makes a finding of one of these rules. */
export const pinFinding = reporterOf(PINS_RULES);
