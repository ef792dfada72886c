import { Rule } from './rule';

export const mountWriters: Rule = {
  id: 'mount-writers',
  severity: 'error',
  title: 'Volumes have one writer unless multiWriter is set',
  fix: 'Mount it read-only, or set multiWriter if its users coordinate their writes.',
  waivable: false,
  facets: ['mount', 'volume'],
  check: ({ plan }) => plan.volumes.flatMap(({ path, name, multiWriter, users }) => {
    const writers = [...new Set(users.filter(({ readOnly }) => !readOnly).map(({ service }) => service))];
    return multiWriter || writers.length < 2
      ? []
      : [{ path, message: `The volume "${name}" is written by ${writers.join(', ')}.` }];
  }),
};
