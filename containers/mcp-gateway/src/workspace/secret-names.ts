/**
 * Names that hold keys or passwords, or configuration that programs obey. They stay closed whatever a manifest allows, in
 * any letter case: a workspace is mounted for its documents and sources. `*` is the only pattern, so that git understands
 * them too.
 */
export const SECRET_NAMES: readonly string[] = [
  '.git',
  '.env*',
  '*.pem',
  '*.key',
  '*.p12',
  '*.pfx',
  'id_*',
  '.npmrc',
  '.netrc',
  '.pgpass',
  '.pypirc',
  '.htpasswd',
  '.git-credentials',
  '.vault-token',
  '.aws',
  '.kube',
  '.docker',
  '.ssh',
  '.gnupg',
];
