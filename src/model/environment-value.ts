import { Construct } from 'constructs';
import { Endpoint } from './endpoint';
import { aText, anyOf, expectFields, instanceOf, listOf } from './fields';
import { isKind, markKind } from './kind';
import { Secret } from './secret';

/** @internal */
export type EnvironmentPartSpec =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'secret'; readonly secret: Secret }
  | { readonly kind: 'endpoint'; readonly endpoint: Endpoint }
  /** The host name of a service or a host service. */
  | { readonly kind: 'host'; readonly target: Construct }
  /** The number of a port. */
  | { readonly kind: 'port'; readonly endpoint: Endpoint };

/** @internal */
export type EnvironmentValueSpec =
  | EnvironmentPartSpec
  | { readonly kind: 'concat'; readonly parts: readonly EnvironmentPartSpec[] };

/**
 * The value of an environment variable.
 *
 * @example
 *
 * declare const db: Service;
 * declare const password: Secret;
 * const environment = {
 *   DATABASE_URL: EnvironmentValue.concat('postgresql://app:', password, '@', db.host, ':', db.port(5432), '/app'),
 *   DB_HOST: db.host,
 *   DB_PASS: EnvironmentValue.secret(password),
 *   LOG_LEVEL: EnvironmentValue.literal('info'),
 * };
 */
export class EnvironmentValue {
  /** The text as it stands. Never a secret: that is refused. */
  public static literal(text: string): EnvironmentValue {
    expectFields('EnvironmentValue.literal', { text }, { text: aText });
    return new EnvironmentValue({ kind: 'literal', text });
  }

  /** The value of a key that a person keeps. The variable may have another name than the key. */
  public static secret(secret: Secret): EnvironmentValue {
    expectFields('EnvironmentValue.secret', { secret }, { secret: instanceOf('Secret') });
    return new EnvironmentValue({ kind: 'secret', secret });
  }

  /** The address of a service. */
  public static endpoint(endpoint: Endpoint): EnvironmentValue {
    expectFields('EnvironmentValue.endpoint', { endpoint }, { endpoint: instanceOf('Endpoint') });
    return new EnvironmentValue({ kind: 'endpoint', endpoint });
  }

  /**
   * Several parts as one text, without anything between them. A secret stays out of every file: Compose and the cluster
   * put it in when they start the container. They put it in as it is, so one inside of an address must not hold the
   * characters that end its part there.
   *
   * @param parts texts, secrets, endpoints, and other values such as `service.host` and `service.port(5432)`
   */
  public static concat(...parts: (string | Secret | Endpoint | EnvironmentValue)[]): EnvironmentValue {
    const part = anyOf(aText, instanceOf('EnvironmentValue'), instanceOf('Secret'), instanceOf('Endpoint'));
    expectFields('EnvironmentValue.concat', { parts }, { parts: listOf(part) });
    return new EnvironmentValue({ kind: 'concat', parts: parts.flatMap(partsOf) });
  }

  /** @internal */
  public static _host(target: Construct): EnvironmentValue {
    return new EnvironmentValue({ kind: 'host', target });
  }

  /** @internal */
  public static _port(endpoint: Endpoint): EnvironmentValue {
    return new EnvironmentValue({ kind: 'port', endpoint });
  }

  /** @internal */
  public readonly _spec: EnvironmentValueSpec;

  private constructor(spec: EnvironmentValueSpec) {
    this._spec = spec;
  }
}

function partsOf(part: string | Secret | Endpoint | EnvironmentValue): readonly EnvironmentPartSpec[] {
  if (typeof part === 'string') {
    return [{ kind: 'literal', text: part }];
  }
  if (isKind(part, 'Secret')) {
    return [{ kind: 'secret', secret: part as Secret }];
  }
  if (isKind(part, 'Endpoint')) {
    return [{ kind: 'endpoint', endpoint: part as Endpoint }];
  }
  const { _spec: spec } = part as EnvironmentValue;
  return spec.kind === 'concat' ? spec.parts : [spec];
}

markKind(EnvironmentValue, 'EnvironmentValue');
