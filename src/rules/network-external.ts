import { Rule } from './rule';

export const networkExternal: Rule = {
  id: 'network-external',
  severity: 'warning',
  title: 'Networks are not shared with containers outside of the model',
  fix: 'Use a network of the model, or waive the rule with a reason.',
  waivable: true,
  facets: ['network'],
  check: ({ plan }) => plan.networks.flatMap(({ path, name, egress, engine }) => {
    if (engine?.external) {
      return [{
        path,
        message: `Other containers on the external network "${name}" reach every port of its services`
          + `${egress === 'none' ? ', and Compose cannot close it' : ''}.`,
      }];
    }
    return engine?.attachable ? [{ path, message: `Any container of the engine can join the network "${name}".` }] : [];
  }),
};
