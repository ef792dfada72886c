import { Severity } from '../../model/finding';
import { reporterOf } from '../../model/rule-facts';

/** Rules that `toolbox-constructs pins` checks. */
export const PINS_RULES = [
  {
    id: 'pin-digest-missing',
    severity: Severity.WARNING,
    title: 'Digests of registry images are recorded',
    fix: 'Run "npx toolbox-constructs pins update" and review the change.',
  },
  {
    id: 'pin-drift',
    severity: Severity.ERROR,
    title: 'Tags in registries have the recorded digest',
    fix: 'Review what changed in the image, then run "npx toolbox-constructs pins update".',
  },
  {
    id: 'pin-lookup',
    severity: Severity.ERROR,
    title: 'Registries answer for the pinned images',
    fix: 'Fix the name or tag, log in with "docker login", or try again later.',
  },
  {
    id: 'pin-place',
    severity: Severity.ERROR,
    title: 'Pins have a file and a line',
    fix: 'Read pins with PinInventory.fromFile, or add the digest at their source.',
  },
] as const;

/** Creates a finding of one of these rules. */
export const pinFinding = reporterOf(PINS_RULES);
