import { pinsAreUnread } from './private/unread';
import { Rule, RuleContext, Violation } from './rule';
import { PinPlan } from '../plan/plan';
import { nearest } from '../util/nearest';

export const imagePin: Rule = {
  id: 'image-pin',
  severity: 'error',
  title: 'A component that is named exists in the inventory',
  fix: 'Add the component to the version inventory, or name one that is there.',
  waivable: false,
  facets: ['image', 'build', 'host-service'],
  check: (context) => (pinsAreUnread(context) ? [] : missingPins(context)),
};

function missingPins({ plan }: RuleContext): Violation[] {
  return [
    ...plan.services.flatMap(({ path, image }) => [image.component, ...image.build?.baseComponents ?? []]
      .flatMap((component) => unknownPin(path, component, plan.pins, true))),
    ...plan.hostServices.flatMap(({ path, component }) => unknownPin(path, component, plan.pins, false)),
  ];
}

function unknownPin(
  path: string,
  component: string | undefined,
  pins: readonly PinPlan[],
  needsImage: boolean,
): Violation[] {
  if (component === undefined) {
    return [];
  }
  const pin = pins.find((one) => one.component === component);
  if (pin === undefined) {
    const similar = nearest(
      component,
      pins.map((one) => one.component),
    );
    return [
      {
        path,
        message: `No component "${component}" in the inventory.${similar === undefined ? '' : ` Did you mean "${similar}"?`}`,
      },
    ];
  }
  return needsImage && pin.artifact.kind !== 'image'
    ? [
      {
        path,
        message: `The component "${component}" is not an image.`,
        location: pin.location,
        fix: 'Give the component an image in the inventory, or name another one.',
      },
    ]
    : [];
}
