import { Rule } from './rule';

export const mountWriters: Rule = {
  id: 'mount-writers',
  severity: 'error',
  title: 'A volume has one writer, unless its users take care of several',
  fix: 'Mount it read-only where writing is not needed, or set multiWriter on the volume if its users take care of it.',
  waivable: false,
  facets: ['mount', 'volume'],
  check: ({ plan }) => plan.volumes.flatMap(({ path, name, multiWriter, users }) => {
    const writers = [...new Set(users.filter(({ readOnly }) => !readOnly).map(({ service }) => service))];
    return multiWriter || writers.length < 2
      ? []
      : [{ path, message: `The volume "${name}" is written by ${writers.join(', ')}.` }];
  }),
};
