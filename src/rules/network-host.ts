import { Rule } from './rule';

export const networkHost: Rule = {
  id: 'network-host',
  severity: 'warning',
  title: 'Networks to the host also reach the internet',
  fix: 'Reach the host through a relay on an internal network, or waive the rule with a reason.',
  waivable: true,
  facets: ['network'],
  check: ({ plan }) => {
    const relays = new Set(plan.hostServices.map(({ relay }) => relay));
    return plan.networks.filter(({ egress }) => egress === 'host').flatMap(({ path, name, members }) => {
      const others = members.filter((member) => !relays.has(member));
      return others.length === 0
        ? []
        : [
          {
            path,
            message: `On a workstation, members of "${name}" also reach the internet: ${others.join(', ')}.`,
          },
        ];
    });
  },
};
