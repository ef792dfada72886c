import { listOf, mapOf, settingsOf, textOf, Tree } from '../../targets/tree';
import { Subject, PRESENT } from '../subject';

/** From the fewest characters to the most. */
const CHARSETS = ['word', 'revision', 'printable'];

/** A smaller minimum lets more through, and a level is never below zero. */
const ABOVE_ALL = Number.MAX_SAFE_INTEGER;

const KEYS = {
  read: ['type', 'optional', 'minimum', 'maximum', 'values', 'maxLength', 'charset'],
  harmless: ['description', 'default'],
};

/** Adds what a caller may pass as one parameter of a command. */
export function addParameter(tool: Subject, name: string, value: unknown): void {
  const parameter = mapOf(value);
  const type = textOf(parameter.type);
  tool.add({ kind: 'parameter', item: name, text: type, access: { grants: [type] } });
  if (parameter.optional === true) {
    tool.add({ kind: 'parameter', item: `${name} may be left out`, text: PRESENT, access: { level: 1 } });
  }
  addRange(tool, name, parameter);
  tool.addSettings(settingsOf(parameter, KEYS, `parameters.${name}.`));
}

function addRange(tool: Subject, name: string, parameter: Tree): void {
  switch (parameter.type) {
    case 'integer':
      tool.add({
        kind: 'parameter',
        item: `${name} minimum`,
        text: textOf(parameter.minimum),
        access: { level: ABOVE_ALL - Number(parameter.minimum ?? -Infinity) },
      });
      tool.add({
        kind: 'parameter',
        item: `${name} maximum`,
        text: textOf(parameter.maximum),
        access: { level: Number(parameter.maximum ?? Infinity) },
      });
      break;
    case 'choice':
      for (const choice of listOf(parameter.values).map(textOf)) {
        tool.add({
          kind: 'parameter',
          item: `${name} choice ${JSON.stringify(choice)}`,
          text: PRESENT,
          access: { level: 1 },
        });
      }
      break;
    case 'text':
      tool.add({
        kind: 'parameter',
        item: `${name} longest`,
        text: `${textOf(parameter.maxLength)} characters`,
        access: { level: Number(parameter.maxLength ?? Infinity) },
      });
      addCharset(tool, name, textOf(parameter.charset ?? 'printable'));
  }
}

function addCharset(tool: Subject, name: string, charset: string): void {
  const known = CHARSETS.indexOf(charset);
  tool.add({
    kind: 'parameter',
    item: `${name} characters`,
    text: charset,
    access: { level: known < 0 ? CHARSETS.length : known },
  });
}
