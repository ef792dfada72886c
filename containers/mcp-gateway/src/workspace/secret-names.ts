import { Globs } from './glob';
import { asWhole } from './spelling';

/**
 * Names that hold keys or passwords, or configuration that programs obey. They stay closed whatever a manifest allows,
 * in any letter case: a workspace is mounted for its documents and sources. `*` is the only pattern, so that git
 * understands them too.
 */
export const SECRET_NAMES: readonly string[] = [
  '.git',
  '.env*',
  '*.env',
  '*.env.*',
  '*.pem',
  '*.key',
  '*.p8',
  '*.p12',
  '*.pfx',
  '*.ppk',
  '*.jks',
  '*.keystore',
  '*.kdbx',
  'id_*',
  '.npmrc',
  '.netrc',
  '_netrc',
  '.pgpass',
  '.pypirc',
  '.htpasswd',
  '.git-credentials',
  '.vault-token',
  '.aws',
  '.kube',
  '.docker',
  '.dockercfg',
  '.ssh',
  '.gnupg',
];

/** As Windows also calls what has a long name: `GIT~1` is `.git`. */
const SHORT_NAMES = SECRET_NAMES.filter((name) => /^\.[a-z-]+\*?$/.test(name)).map(
  (name) => `${name.slice(1, 7).replace('*', '')}~*`,
);

const secretNames = new Globs([...SECRET_NAMES, ...SHORT_NAMES], asWhole);

/** Whether a segment of a path is one of them, however it is spelt. */
export function isSecretName(segment: string): boolean {
  return secretNames.matches(segment);
}
