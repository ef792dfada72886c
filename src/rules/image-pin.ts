import { pinsAreUnread } from './private/reported-problems';
import { Rule, RuleContext, Violation } from './rule';
import { PinPlan } from '../plan/plan';
import { didYouMean } from '../util/nearest';

export const imagePin: Rule = {
  id: 'image-pin',
  severity: 'error',
  title: 'Components exist in the inventory',
  fix: 'Add the component to the version inventory, or use the name of an existing one.',
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
    const suggestion = didYouMean(component, pins.map((one) => one.component));
    return [{ path, message: `The inventory has no component "${component}".${suggestion}` }];
  }
  if (pin.status === 'rejected') {
    return [
      {
        path,
        message: `The component "${component}" is rejected.`,
        location: pin.location,
        fix: 'Use another component, or set its status to decided in the inventory.',
      },
    ];
  }
  return needsImage && pin.artifact.kind !== 'image'
    ? [
      {
        path,
        message: `The component "${component}" is not an image.`,
        location: pin.location,
        fix: 'Give the component an image in the inventory, or use another component.',
      },
    ]
    : [];
}
