import { advice, aService, messages } from './support';
import { EnvFile, Mount, Place, Secret, SecretFile, SecretMountOptions, ServiceProps, Toolbox } from '../../src/core';
import { secretMount } from '../../src/rules/secret-mount';

function mountingKey(props: Partial<ServiceProps> = {}): (box: Toolbox) => void {
  return (box) => {
    const key = new Secret(new EnvFile(box, 'env'), 'TOKEN', { description: 'A token' });
    aService(box, 'app', { ...props, mounts: [Mount.secret(key)] });
  };
}

function mountingFile(...options: SecretMountOptions[]): (box: Toolbox) => void {
  return (box) => {
    const file = new SecretFile(box, 'key', { description: 'A key' });
    aService(box, 'app', { mounts: options.map((one) => Mount.secret(file, one)) });
  };
}

describe('rule secret-mount', () => {
  test('fails for a key of an env file in a container with a read-only root', () => {
    expect(advice(secretMount, mountingKey())).toEqual([[
      'Compose cannot write the key TOKEN to a file in a container with a read-only root.',
      'Use a SecretFile, or set readOnlyRoot: false.',
    ]]);
  });

  test('accepts what the fix says: a writable root, or a secret file', () => {
    expect(messages(secretMount, mountingKey({ readOnlyRoot: false }))).toEqual([]);
    expect(messages(secretMount, mountingFile({}))).toEqual([]);
  });

  test('accepts a key in a service that runs only in a cluster, where the kubelet mounts it', () => {
    expect(messages(secretMount, mountingKey({ places: [Place.CLUSTER] }))).toEqual([]);
    expect(messages(secretMount, mountingKey({ places: [Place.WORKSTATION] }))).toHaveLength(1);
  });

  test.each(['', 'r--', '44', '0888', '04444', '4755', '0o444', ' 0444', '-444'])('fails for the mode %j', (mode) => {
    expect(advice(secretMount, mountingFile({ path: '/etc/key', mode }))).toEqual([[
      `${JSON.stringify(mode)} is not a valid file mode for the secret at /etc/key.`,
      'Use three octal digits after a 0, for example "0440".',
    ]]);
  });

  test.each(['0444', '0400', '440', '0000'])('accepts the mode %j', (mode) => {
    expect(messages(secretMount, mountingFile({ mode }))).toEqual([]);
  });

  test('reports each mount of a service', () => {
    expect(messages(secretMount, mountingFile({ path: '/a', mode: 'x' }, { path: '/b' }, { path: '/c', mode: 'y' })))
      .toEqual([
        '"x" is not a valid file mode for the secret at /a.',
        '"y" is not a valid file mode for the secret at /c.',
      ]);
  });
});
