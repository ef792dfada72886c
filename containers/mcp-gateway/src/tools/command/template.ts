import { Grammar, OptionValue } from './program';
import { ManifestArgument, ManifestCommandTool, ManifestParameter } from '../../manifest/manifest';

/** A piece of text that is there from the start, or the value of a parameter. */
export type Part = { readonly literal: string } | { readonly parameter: string };

/** An option of the command; its value, if it has one, is joined to a long name and follows a short one. */
export interface OptionPart {
  readonly name: string;
  readonly value?: Part;
}

/** A command's argv, understood: nothing of it can be read as an option that was not meant as one. */
export interface Template {
  readonly options: readonly OptionPart[];
  readonly patterns: readonly Part[];
  readonly revisions: readonly Part[];
  readonly files: readonly Part[];
}

/**
 * Reads the arguments after the program's name by the program's grammar.
 *
 * @throws Error for an option or an operand that the grammar does not know
 */
export function readTemplate(
  spec: ManifestCommandTool,
  argv: readonly ManifestArgument[],
  grammar: Grammar,
  program: string,
): Template {
  return new TemplateReader(spec, argv, grammar, program).read();
}

type OptionWithValue = Exclude<OptionValue, 'none'>;

class TemplateReader {
  private readonly options: OptionPart[] = [];
  private readonly operands: { part: Part; afterDashes: boolean }[] = [];
  private index = 0;

  constructor(
    private readonly spec: ManifestCommandTool, private readonly argv: readonly ManifestArgument[],
    private readonly grammar: Grammar, private readonly program: string,
  ) {}

  public read(): Template {
    let afterDashes = false;
    while (this.index < this.argv.length) {
      const argument = this.argv[this.index];
      this.index += 1;
      if (!afterDashes && argument === '--') {
        afterDashes = true;
      } else if (typeof argument !== 'string') {
        this.readHole(argument, afterDashes);
      } else if (!afterDashes && argument.startsWith('-')) {
        this.readOption(argument);
      } else {
        this.operands.push({ part: { literal: argument }, afterDashes });
      }
    }
    const { needs } = this.grammar;
    if (needs !== undefined && !this.options.some((option) => needs.includes(option.name))) {
      throw this.error(`needs one of ${needs.join(' ')}`);
    }
    return this.sorted();
  }

  private readHole({ parameter, prefix }: { parameter: string; prefix?: string }, afterDashes: boolean): void {
    if (prefix === undefined) {
      this.operands.push({ part: this.part(parameter), afterDashes });
      return;
    }
    const name = prefix.slice(0, -1);
    if (afterDashes || !prefix.startsWith('--') || !prefix.endsWith('=')) {
      throw this.error(
        `the prefix ${JSON.stringify(prefix)} must be a long option with its equals sign, such as --max-count=, ` +
        'before any --',
      );
    }
    this.addOption(name, { parameter });
  }

  private readOption(argument: string): void {
    const equals = argument.startsWith('--') ? argument.indexOf('=') : -1;
    if (equals !== -1) {
      this.addOption(argument.slice(0, equals), { literal: argument.slice(equals + 1) });
      return;
    }
    if (this.rule(argument) === 'none') {
      this.options.push({ name: argument });
      return;
    }
    const next = this.argv[this.index];
    this.index += 1;
    if (next === undefined || (typeof next !== 'string' && next.prefix !== undefined)) {
      throw this.error(`the option ${argument} needs a value after it`);
    }
    this.addOption(argument, typeof next === 'string' ? { literal: next } : this.part(next.parameter));
  }

  private addOption(name: string, value: Part): void {
    const rule = this.rule(name);
    if (rule === 'none') {
      throw this.error(`the option ${name} takes no value`);
    }
    for (const text of this.possible(value, name, rule)) {
      if (!fits(rule, text) || (text.startsWith('-') && !name.startsWith('--'))) {
        throw this.error(
          `${JSON.stringify(text)} is no value for ` +
          `${name}${Array.isArray(rule) ? `; allowed: ${rule.join(', ')}` : ''}`,
        );
      }
    }
    this.options.push({ name, value });
  }

  /** The values that can be judged now; a free-text parameter requires an option that takes any text. */
  private possible(value: Part, name: string, rule: OptionWithValue): readonly string[] {
    if ('literal' in value) {
      return [value.literal];
    }
    const parameter = this.parameter(value.parameter);
    switch (parameter.type) {
      case 'integer':
        return [String(parameter.minimum), String(parameter.maximum)];
      case 'choice':
        return parameter.values;
      case 'path':
        throw this.error(`the path ${value.parameter} cannot be the value of ${name}; give it as an operand, after --`);
      case 'text':
        // A text that looks like nothing a stricter rule could accept: only a rule that takes any text takes this one.
        if (typeof rule !== 'function' || !rule('\u{10fffd} any text %G')) {
          throw this.error(`the option ${name} does not take any text; make ${value.parameter} an integer or a choice`);
        }
        return [];
    }
  }

  private rule(name: string): OptionValue {
    const rule = Object.hasOwn(this.grammar.options, name) ? this.grammar.options[name] : undefined;
    if (rule === undefined) {
      throw this.error(
        `the option ${JSON.stringify(name)} is not offered. Offered: ` +
        `${Object.keys(this.grammar.options).sort().join(' ')}`,
      );
    }
    return rule;
  }

  private sorted(): Template {
    const patterns: Part[] = [];
    const revisions: Part[] = [];
    const files: Part[] = [];
    const hasPattern = this.options.some((option) => option.name === '-e' || option.name === '--regexp');
    for (const { part, afterDashes } of this.operands) {
      const isPath = 'parameter' in part && this.parameter(part.parameter).type === 'path';
      if (this.grammar.pattern !== undefined && !hasPattern && patterns.length === 0) {
        if (isPath) {
          throw this.error('the first operand is the pattern, not a path');
        }
        patterns.push(part);
      } else if (this.grammar.revisions === true && !afterDashes && !isPath) {
        revisions.push(part);
      } else if ('parameter' in part && !isPath) {
        throw this.error(`the parameter ${part.parameter} stands where a file is named; make it of type path`);
      } else {
        files.push(part);
      }
    }
    if (this.grammar.pattern !== undefined && !hasPattern && patterns.length === 0) {
      throw this.error('needs a pattern');
    }
    const { minFiles, maxFiles } = this.grammar;
    if (files.length < minFiles || files.length > maxFiles) {
      throw this.error(
        `takes ${minFiles === maxFiles ? minFiles : `${minFiles} to ${maxFiles}`} files as literals or parameters of ` +
        `type path; there are ${files.length}`,
      );
    }
    return { options: this.options, patterns, revisions, files };
  }

  /** A parameter without a prefix: what begins with a dash could be read as an option, so it is never accepted. */
  private part(name: string): Part {
    const parameter = this.parameter(name);
    if (parameter.type === 'integer' && parameter.minimum < 0) {
      throw this.error(
        `the parameter ${name} can be negative, which looks like an option; give it a prefix such as --lines=`,
      );
    }
    const dashed = parameter.type === 'choice' ? parameter.values.find((value) => value.startsWith('-')) : undefined;
    if (dashed !== undefined) {
      throw this.error(
        `the parameter ${name} allows ${JSON.stringify(dashed)}, which looks like an option; give it a prefix or ` +
        'write the option out',
      );
    }
    return { parameter: name };
  }

  private parameter(name: string): ManifestParameter {
    const parameters = this.spec.parameters ?? {};
    if (!Object.hasOwn(parameters, name)) {
      throw this.error(`there is no parameter ${JSON.stringify(name)}`);
    }
    return parameters[name];
  }

  private error(message: string): Error {
    return new Error(`tool ${this.spec.name}: ${this.program}: ${message}`);
  }
}

function fits(rule: OptionWithValue, text: string): boolean {
  if (rule === 'number') {
    return /^[+-]?\d{1,15}$/.test(text);
  }
  return typeof rule === 'function' ? rule(text) : rule.includes(text);
}
