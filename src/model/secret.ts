import { Construct } from 'constructs';
import { defaultName } from './default-name';
import { expectFields, instanceOf, placed } from './fields';
import { isKind, markKind } from './kind';
import { recordSource } from './source-location';
import { ENV_FILE_PROPS, SECRET_PROPS } from './structs';
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

markKind(EnvFile, 'EnvFile');
markKind(Secret, 'Secret');
