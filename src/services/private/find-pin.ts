import { Construct } from 'constructs';
import { Pin } from '../../model/pin';
import { Toolbox } from '../../model/toolbox';

/** The pin of a component in the inventory of the toolbox that a construct belongs to. */
export function findPin(scope: Construct, component: string): Pin | undefined {
  const root = scope.node.root;
  const pins = Toolbox.isToolbox(root) ? (root as Toolbox)._pins?.pins ?? [] : [];
  return pins.find((pin) => pin.component === component);
}
