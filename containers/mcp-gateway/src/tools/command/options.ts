import { Values } from './parameters';
import { OptionPart } from './template';

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
