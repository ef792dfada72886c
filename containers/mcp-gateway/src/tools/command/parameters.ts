import { z } from 'zod';
import { ManifestCommandTool, ManifestParameter } from '../../manifest/manifest';
import { pathArgument, plainText } from '../arguments';
import { Part, OptionPart } from './template';

const CHARSETS = {
  word: /^[A-Za-z0-9_-]*$/,
  revision: /^[A-Za-z0-9_.\/~^@-]*$/,
  printable: /^[^\p{Cc}\p{Zl}\p{Zp}]*$/u,
};

/** The arguments of a command tool, by the typed parameters of its template. */
export function inputOf(spec: ManifestCommandTool): z.ZodObject {
  const parameters = Object.entries(spec.parameters ?? {});
  const shape = parameters.map(([name, parameter]) => {
    const open = spec.argv.some(
      (argument) => typeof argument !== 'string' && argument.parameter === name && argument.prefix === undefined,
    );
    const value = described(typeOf(parameter, open), parameter.description);
    if (parameter.default !== undefined) {
      const fallback = value.safeParse(parameter.default);
      if (!fallback.success) {
        throw new Error(`tool ${spec.name}: the default of ${name} is not allowed by its own type`);
      }
      return [name, value.default(parameter.default)] as const;
    }
    return [name, parameter.optional === true ? value.optional() : value] as const;
  });
  return z.strictObject(Object.fromEntries(shape));
}

/** The values of one call. */
export class Values {
  constructor(private readonly args: Readonly<Record<string, unknown>>) {}

  /** The text of a part; undefined when its parameter is optional and was not given. */
  public text(part: Part): string | undefined {
    if ('literal' in part) {
      return part.literal;
    }
    const value = Object.hasOwn(this.args, part.parameter) ? this.args[part.parameter] : undefined;
    return value === undefined ? undefined : String(value);
  }

  /** The texts of the parts that are there. */
  public texts(parts: readonly Part[]): string[] {
    return parts.map((part) => this.text(part)).filter((text) => text !== undefined);
  }
}

function typeOf(parameter: ManifestParameter, open: boolean): z.ZodType {
  switch (parameter.type) {
    case 'integer': return z.number().int().min(parameter.minimum).max(parameter.maximum);
    case 'choice': return z.enum([...parameter.values] as [string, ...string[]]);
    case 'path': return pathArgument('File, relative to the workspace.').min(1);
    case 'text': {
      const text = plainText(parameter.maxLength).min(1).regex(CHARSETS[parameter.charset ?? 'printable']);
      return open ? text.refine((value) => !value.startsWith('-'), 'may not begin with a dash') : text;
    }
  }
}

function described(type: z.ZodType, description: string | undefined): z.ZodType {
  return description === undefined ? type : type.describe(description);
}

/** Options as arguments; one whose parameter was not given is left out. */
export function optionArguments(options: readonly OptionPart[], values: Values): string[] {
  return options.flatMap(({ name, value }) => {
    if (value === undefined) {
      return [name];
    }
    const text = values.text(value);
    if (text === undefined) {
      return [];
    }
    return name.startsWith('--') ? [`${name}=${text}`] : [name, text];
  });
}
