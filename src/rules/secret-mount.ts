import { Rule } from './rule';

const MODE = /^0?[0-7]{3}$/;

export const secretMount: Rule = {
  id: 'secret-mount',
  severity: 'error',
  title: 'Secrets can be mounted as files on every target',
  fix: 'Use a SecretFile, or set readOnlyRoot: false.',
  waivable: false,
  facets: ['mount', 'secret'],
  check: ({ plan }) => plan.services.flatMap(({ path, mounts, readOnlyRoot, places }) => mounts.flatMap((mount) => {
    if (mount.kind !== 'secret') {
      return [];
    }
    const { secret, mode } = mount;
    return [
      ...(secret.kind === 'key' && readOnlyRoot && places.includes('workstation')
        ? [{
          path,
          message: `Compose cannot write the key ${secret.key} to a file in a container with a read-only root.`,
        }]
        : []),
      ...(MODE.test(mode)
        ? []
        : [{
          path,
          message: `${JSON.stringify(mode)} is not a valid file mode for the secret at ${mount.path}.`,
          fix: 'Use three octal digits after a 0, for example "0440".',
        }]),
    ];
  })),
};
