import { Construct } from 'constructs';
import { aText, expectFields, placed } from './fields';
import { isKind, markKind } from './kind';
import { numberMarker, textMarker } from './parameter-marker';
import { recordSource } from './source-location';
import { PARAMETER_PROPS } from './structs';

/** Properties of a parameter. */
export interface ParameterProps {
  /**
   * The value that holds unless someone sets another one.
   *
   * @default - none: it must be set on every workstation, and a cluster cannot use it
   */
  readonly default?: string;
  /** Its effect, for the status page and the example file. */
  readonly description: string;
  /**
   * Name of the variable that sets it: letters, digits and underscores.
   *
   * @default - the construct's id
   */
  readonly name?: string;
}

/**
 * A value that may differ from machine to machine. Compose reads it as a variable, `${WEBUI_PORT:-3000}`, from
 * `.env.local` or the shell; a cluster gets the default.
 *
 * It stands for its value in any text of a service: image, command, environment, health check, build arguments, working
 * directory, overrides, and in the directory of a volume, where it is read as its default is: relative to the project's
 * folder, or absolute. As a number it stands in ports.
 *
 * @example
 *
 * declare const toolbox: Toolbox;
 * const port = new Parameter(toolbox, 'WEBUI_PORT', { default: '3000', description: 'Port of the web page.' });
 * const level = new Parameter(toolbox, 'LOG_LEVEL', { default: 'info', description: 'Level of the log.' });
 * new Service(toolbox, 'web', {
 *   image: Image.fromPin('web'),
 *   command: [`--log-level=${level}`],
 *   ports: [Port.loopback(8080, { hostPort: port.asNumber() })],
 * });
 */
export class Parameter extends Construct {
  /** Whether a value is a parameter, of this or of another copy of the library. */
  public static isParameter(value: any): boolean {
    return isKind(value, 'Parameter');
  }

  /** Name of the variable that sets it. */
  public readonly name: string;
  /** The value that holds unless someone sets another one; undefined if it must be set. */
  public readonly default?: string;
  /** Its effect. */
  public readonly description: string;
  /**
   * Texts that stand for the value with another default.
   *
   * @internal
   */
  public readonly _variants = new Map<string, string>();
  /** @internal */
  public readonly _marker: string;
  /** @internal */
  public readonly _number: number;

  constructor(scope: Construct, id: string, props: ParameterProps) {
    super(...placed('Parameter', scope, id, props, PARAMETER_PROPS));
    recordSource(this);
    this.name = props.name ?? id;
    this.default = props.default;
    this.description = props.description;
    this._marker = textMarker(this.name);
    this._number = numberMarker(this.node.path);
  }

  /** Returns a text that stands for the value. It can be part of another text. */
  public asString(): string {
    return this._marker;
  }

  /**
   * Returns a text that stands for the value, with another default at this place: programs may take different values
   * unless someone sets one for all.
   *
   * @param text the default, without braces and line breaks
   */
  public withDefault(text: string): string {
    expectFields('withDefault', { text }, { text: aText });
    const known = [...this._variants].find(([, one]) => one === text)?.[0];
    const marker = known ?? textMarker(this.name);
    this._variants.set(marker, text);
    return marker;
  }

  /** Returns a number that stands for the value. The default must be a whole number. Do not calculate with it. */
  public asNumber(): number {
    return this._number;
  }

  /** Returns the same as `asString()`, so that a template literal can hold a parameter. */
  public toString(): string {
    return this._marker;
  }
}

markKind(Parameter, 'Parameter');
