import { Construct } from 'constructs';
import { defaultName } from './default-name';
import { expectFields, instanceOf, placed } from './fields';
import { isKind, markKind } from './kind';
import { recordSource } from './source-location';
import { ENV_FILE_PROPS, SECRET_PROPS, SECRET_FILE_PROPS } from './structs';
import { allowAnyId } from './taken-ids';

/** Properties of an env file. */
export interface EnvFileProps {
  /**
   * The file, in the project's folder. It is never written or committed. No model reads it; `toolbox verify` and
   * `toolbox doctor` do, to keep its values out of records and to see that there are some.
   *
   * @default '.env.local'
   */
  readonly file?: string;
  /**
   * Name of the object that holds the same keys in a cluster.
   *
   * @default - the construct's id
   */
  readonly name?: string;
}

/** Properties of a secret. */
export interface SecretProps {
  /** Its purpose and how to create one, for the committed example file. */
  readonly description: string;
}

/** A file of secrets that a person keeps beside the project. The model knows its keys, never its values. */
export class EnvFile extends Construct {
  /** Whether a value is an env file, of this or of another copy of the library. */
  public static isEnvFile(value: any): boolean {
    return isKind(value, 'EnvFile');
  }

  /** The file, in the project's folder. */
  public readonly file: string;
  /** Name of the object that holds the same keys in a cluster. */
  public readonly name: string;

  constructor(scope: Construct, id: string, props: EnvFileProps = {}) {
    super(...placed('EnvFile', scope, id, props, ENV_FILE_PROPS));
    recordSource(this);
    allowAnyId(this);
    this.file = props.file ?? '.env.local';
    this.name = props.name ?? defaultName(this, id);
  }
}

/** One key of an env file. */
export class Secret extends Construct {
  /** Whether a value is a secret, of this or of another copy of the library. */
  public static isSecret(value: any): boolean {
    return isKind(value, 'Secret');
  }

  /** The name under which the file holds it. */
  public readonly key: string;
  /** Its purpose and how to create one. */
  public readonly description: string;

  /**
   * @param envFile the file that holds it
   * @param key name of the key: upper-case letters, digits and underscores
   */
  constructor(public readonly envFile: EnvFile, key: string, props: SecretProps) {
    super(...placed('Secret', envFile, key, props, SECRET_PROPS));
    expectFields('new Secret', { envFile }, { envFile: instanceOf('EnvFile') });
    recordSource(this);
    this.key = key;
    this.description = props.description;
  }
}

/** Properties of a file that is a secret as a whole. */
export interface SecretFileProps {
  /** What it is for and how a person makes one. */
  readonly description: string;
  /**
   * The file, relative to the project's folder. It is never written or committed.
   *
   * @default - `secrets/` and the name
   */
  readonly file?: string;
  /**
   * Name of the secret in the compose file and of the object that holds it in a cluster.
   *
   * @default - the construct's id
   */
  readonly name?: string;
}

/**
 * A file that is a secret as a whole: a password, a key, a certificate. Services mount it with `Mount.secret`.
 *
 * @example
 * const password = new SecretFile(toolbox, 'db-password', { description: 'Password of the database' });
 * const mount = Mount.secret(password);
 * new Service(toolbox, 'db', {
 *   image: Image.fromPin('postgres'),
 *   mounts: [mount],
 *   environment: { POSTGRES_PASSWORD_FILE: EnvironmentValue.literal(mount.path) },
 * });
 */
export class SecretFile extends Construct {
  /** Whether a value is a secret file, of this or of another copy of the library. */
  public static isSecretFile(value: any): boolean {
    return isKind(value, 'SecretFile');
  }

  /** The file, relative to the project's folder. */
  public readonly file: string;
  /** Name of the secret in the compose file and of the object that holds it in a cluster. */
  public readonly name: string;
  /** What it is for and how a person makes one. */
  public readonly description: string;

  constructor(scope: Construct, id: string, props: SecretFileProps) {
    super(...placed('SecretFile', scope, id, props, SECRET_FILE_PROPS));
    recordSource(this);
    allowAnyId(this);
    this.name = props.name ?? defaultName(this, id);
    this.file = props.file ?? `secrets/${this.name}`;
    this.description = props.description;
  }
}

markKind(SecretFile, 'SecretFile');
markKind(EnvFile, 'EnvFile');
markKind(Secret, 'Secret');
