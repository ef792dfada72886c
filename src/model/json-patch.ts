import { aText, expectFields } from './fields';
import { markKind } from './kind';

/** One change of a generated Kubernetes object, as RFC 6902 has it. */
export class JsonPatch {
  /**
   * Adds a value, or replaces the one that is there.
   *
   * @param pointer for example `/spec/template/spec/priorityClassName`
   */
  public static add(pointer: string, value: any): JsonPatch {
    return new JsonPatch('add', pointer, value);
  }

  /** Replaces a value that is there. */
  public static replace(pointer: string, value: any): JsonPatch {
    return new JsonPatch('replace', pointer, value);
  }

  /** Removes a value that is there. */
  public static remove(pointer: string): JsonPatch {
    return new JsonPatch('remove', pointer);
  }

  /** @internal */
  public readonly _op: 'add' | 'replace' | 'remove';
  /** @internal */
  public readonly _pointer: string;
  /** @internal */
  public readonly _value?: unknown;

  private constructor(op: 'add' | 'replace' | 'remove', pointer: string, value?: unknown) {
    expectFields(`JsonPatch.${op}`, { pointer }, { pointer: aText });
    this._op = op;
    this._pointer = pointer;
    this._value = value;
  }
}

markKind(JsonPatch, 'JsonPatch');
