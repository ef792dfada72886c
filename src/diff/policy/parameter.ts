import { saySettings } from '../settings';
import { Subject, THERE } from '../subject';
import { listOf, mapOf, textOf, Tree } from '../tree';

/** From the strictest to the freest. */
const CHARSETS = ['word', 'revision', 'printable'];

/** A smaller minimum lets more through, and a level is never below zero. */
const ABOVE_ALL = Number.MAX_SAFE_INTEGER;

const KEYS = {
  read: ['type', 'optional', 'minimum', 'maximum', 'values', 'maxLength', 'charset'],
  harmless: ['description', 'default'],
};

/** What a caller may put into one hole of a command. */
export function sayParameter(tool: Subject, name: string, value: unknown): void {
  const parameter = mapOf(value);
  const type = textOf(parameter.type);
  tool.say({ kind: 'parameter', item: name, text: type, power: { gives: [type] } });
  if (parameter.optional === true) {
    tool.say({ kind: 'parameter', item: `${name} may be left out`, text: THERE, power: { level: 1 } });
  }
  sayRange(tool, name, parameter);
  saySettings(tool, parameter, KEYS, `parameters.${name}.`);
}

function sayRange(tool: Subject, name: string, parameter: Tree): void {
  switch (parameter.type) {
    case 'integer':
      tool.say({
        kind: 'parameter',
        item: `${name} minimum`,
        text: textOf(parameter.minimum),
        power: { level: ABOVE_ALL - Number(parameter.minimum ?? -Infinity) },
      });
      tool.say({
        kind: 'parameter',
        item: `${name} maximum`,
        text: textOf(parameter.maximum),
        power: { level: Number(parameter.maximum ?? Infinity) },
      });
      break;
    case 'choice':
      for (const choice of listOf(parameter.values).map(textOf)) {
        tool.say({
          kind: 'parameter',
          item: `${name} choice ${JSON.stringify(choice)}`,
          text: THERE,
          power: { level: 1 },
        });
      }
      break;
    case 'text':
      tool.say({
        kind: 'parameter',
        item: `${name} longest`,
        text: `${textOf(parameter.maxLength)} characters`,
        power: { level: Number(parameter.maxLength ?? Infinity) },
      });
      sayCharset(tool, name, textOf(parameter.charset ?? 'printable'));
  }
}

function sayCharset(tool: Subject, name: string, charset: string): void {
  const known = CHARSETS.indexOf(charset);
  tool.say({
    kind: 'parameter',
    item: `${name} characters`,
    text: charset,
    power: { level: known < 0 ? CHARSETS.length : known },
  });
}
