import { Rule } from './rule';

export const networkHost: Rule = {
  id: 'network-host',
  severity: 'warning',
  title: 'A network to the host opens the internet as well',
  mend: 'Reach the host through a relay on an internal network, or accept it.',
  waivable: true,
  check: ({ plan }) => plan.networks.filter(({ egress, members }) => egress === 'host' && members.length > 0).map(({ path, name, members }) => ({
    path, message: `An engine cannot keep the network "${name}" to the host alone, so ${members.join(', ')} can reach the internet from a workstation.`,
  })),
};
