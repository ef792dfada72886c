import { CHOICE_HOLE_OPTIONS, HOLE_OPTIONS, INTEGER_HOLE_OPTIONS, TEXT_HOLE_OPTIONS } from './structs';
import { aText, expectFields, FieldsOf } from '../model/fields';
import { markKind } from '../model/kind';

/** The characters that a text argument may contain. */
export enum Charset {
  /** Letters, digits, underscore and dash. */
  WORD = 'word',
  /** As WORD, and what git revisions need: . / ~ ^ @ */
  REVISION = 'revision',
  /** Everything but control characters. */
  PRINTABLE = 'printable',
}

/** Options of every typed hole. */
export interface HoleOptions {
  /**
   * Joined before the value in the same argument, for example `--max-count=`.
   *
   * @default - the value alone, which may then not begin with a dash
   */
  readonly prefix?: string;
  /**
   * Description for the model that may call the tool.
   *
   * @default ''
   */
  readonly description?: string;
  /**
   * Whether the caller may leave it out; the argument is then left out as well.
   *
   * @default false
   */
  readonly optional?: boolean;
}

/** Options of a whole number. */
export interface IntegerHoleOptions extends HoleOptions {
  /** Smallest number, itself allowed. */
  readonly minimum: number;
  /** Largest number, itself allowed. */
  readonly maximum: number;
}

/** Options of a choice. */
export interface ChoiceHoleOptions extends HoleOptions {
  /** The texts that the caller may choose from. */
  readonly values: string[];
}

/** Options of a text. */
export interface TextHoleOptions extends HoleOptions {
  /** Most characters. */
  readonly maxLength: number;
  /**
   * The characters that the text may contain.
   *
   * @default Charset.PRINTABLE
   */
  readonly charset?: Charset;
}

/** @internal */
export type ArgumentSpec =
  | { readonly kind: 'literal'; readonly text: string }
  | {
    readonly kind: 'hole';
    readonly name: string;
    readonly prefix?: string;
    readonly parameter: Record<string, unknown>;
  };

/** One argument of a controlled command: a fixed text or a typed hole that the caller fills. */
export class Argument {
  /** The text as it stands. */
  public static literal(text: string): Argument {
    expectFields('Argument.literal', { text }, { text: aText });
    return new Argument({ kind: 'literal', text });
  }

  /** A whole number within bounds. */
  public static integer(name: string, options: IntegerHoleOptions): Argument {
    Argument.expect('integer', name, options, INTEGER_HOLE_OPTIONS);
    return Argument.hole(name, options, { type: 'integer', minimum: options.minimum, maximum: options.maximum });
  }

  /** One of a list of texts. */
  public static choice(name: string, options: ChoiceHoleOptions): Argument {
    Argument.expect('choice', name, options, CHOICE_HOLE_OPTIONS);
    return Argument.hole(name, options, { type: 'choice', values: [...options.values] });
  }

  /** A text of limited length and characters. */
  public static text(name: string, options: TextHoleOptions): Argument {
    Argument.expect('text', name, options, TEXT_HOLE_OPTIONS);
    return Argument.hole(name, options, {
      type: 'text',
      maxLength: options.maxLength,
      charset: options.charset ?? Charset.PRINTABLE,
    });
  }

  /** A file or folder of the workspace that the tool's paths allow. */
  public static path(name: string, options: HoleOptions = {}): Argument {
    Argument.expect('path', name, options, HOLE_OPTIONS);
    return Argument.hole(name, options, { type: 'path' });
  }

  private static expect<T>(factory: string, name: string, options: unknown, fields: FieldsOf<T>): void {
    expectFields(`Argument.${factory}`, { name }, { name: aText });
    expectFields(`Argument.${factory}`, options, fields);
  }

  private static hole(name: string, options: HoleOptions, typed: Record<string, unknown>): Argument {
    const parameter = {
      ...typed,
      ...(options.description ? { description: options.description } : {}),
      ...(options.optional ? { optional: true } : {}),
    };
    return new Argument({ kind: 'hole', name, prefix: options.prefix, parameter });
  }

  /** @internal */
  public readonly _spec: ArgumentSpec;

  private constructor(spec: ArgumentSpec) {
    this._spec = spec;
  }
}

markKind(Argument, 'Argument');
