import { Endpoint } from './endpoint';
import { aText, expectFields, instanceOf } from './fields';
import { markKind } from './kind';
import { Secret } from './secret';

/** @internal */
export type EnvironmentValueSpec =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'secret'; readonly secret: Secret }
  | { readonly kind: 'endpoint'; readonly endpoint: Endpoint };

/** The value of an environment variable. */
export class EnvironmentValue {
  /** The text as it stands. Never a secret: that is refused. */
  public static literal(text: string): EnvironmentValue {
    expectFields('EnvironmentValue.literal', { text }, { text: aText });
    return new EnvironmentValue({ kind: 'literal', text });
  }

  /** The value of a key that a person keeps. The variable has the key's name. */
  public static secret(secret: Secret): EnvironmentValue {
    expectFields('EnvironmentValue.secret', { secret }, { secret: instanceOf('Secret') });
    return new EnvironmentValue({ kind: 'secret', secret });
  }

  /** The address of a service. */
  public static endpoint(endpoint: Endpoint): EnvironmentValue {
    expectFields('EnvironmentValue.endpoint', { endpoint }, { endpoint: instanceOf('Endpoint') });
    return new EnvironmentValue({ kind: 'endpoint', endpoint });
  }

  /** @internal */
  public readonly _spec: EnvironmentValueSpec;

  private constructor(spec: EnvironmentValueSpec) {
    this._spec = spec;
  }
}

markKind(EnvironmentValue, 'EnvironmentValue');
