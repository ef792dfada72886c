/**
 * Names that hold keys or passwords, or configuration that programs obey. They stay closed whatever a manifest allows, in
 * any letter case: a workspace is mounted for its documents and sources.
 */
export const SECRET_NAMES: readonly string[] = [
  '.git',
  '.env*',
  '*.pem',
  '*.key',
  '*.p12',
  '*.pfx',
  // Key files by their usual names, and any id_NAME without an extension; id_map.ts is a source.
  'id_+([!.])',
  'id_*.pub',
  'id_@(rsa|dsa|ecdsa|ed25519)*',
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
