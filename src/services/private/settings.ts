import { Construct } from 'constructs';
import type { DataTable } from '../../model/config-file';
import { Endpoint } from '../../model/endpoint';
import { Pin } from '../../model/pin';
import type { SettingProblem } from '../../model/service-facts';
import { Toolbox } from '../../model/toolbox';
import { lazy } from '../../util/lazy';
import { SchemaProblem, schemaProblems, Validator } from '../../util/schema-problems';
import { RANGE_CALLS_PER_MINUTE } from '../../util/tool-grammar';
import type { ToolClient } from '../tool-policy';

/** Programs count bytes and milliseconds in 31 bits. */
export const MOST = 2_147_483_647;

/** Checks a number that is passed to a program. */
export function wholeNumber(what: string, value: number, most: number): SettingProblem[] {
  const isRight = Number.isInteger(value) && value >= 1 && value <= most;
  return isRight ? [] : [{ message: `The ${what} is ${String(value)}.`, fix: `Use a whole number from 1 to ${most}.` }];
}

/** Checks a text that is passed to a program. */
export function textLike(what: string, text: string, pattern: RegExp, fix: string): SettingProblem[] {
  return pattern.test(text) ? [] : [{ message: `The ${what} is ${JSON.stringify(text)}.`, fix }];
}

/** Checks a number of calls or requests per minute. */
export function callsPerMinute(what: string, value: number): SettingProblem[] {
  return wholeNumber(what, value, RANGE_CALLS_PER_MINUTE[1]);
}

/**
 * Checks an address that a program opens by itself: without a scheme it would be taken for something else.
 */
export function webAddress(what: string, { scheme }: Endpoint): SettingProblem[] {
  return textLike(
    `scheme of the address of the ${what}`,
    scheme,
    /^https?$/,
    'Use the scheme "http", or "https" where the server speaks TLS.',
  );
}

/** Checks a list for duplicates. */
export function repeated(what: string, texts: readonly string[], fix: string): SettingProblem[] {
  const again = texts.filter((text, index) => texts.indexOf(text) !== index);
  return [...new Set(again)].map((text) => ({
    message: `The ${what} ${JSON.stringify(text)} is listed twice.`,
    fix,
  }));
}

/**
 * Checks a value that is written into the gateway's manifest against the part of the schema for it.
 *
 * @param owner begins each message, for example `Tool "read": `.
 * @param isReported whether another rule reports the problem.
 */
export function manifestPartProblems(
  part: ManifestPart,
  value: unknown,
  owner: string,
  isReported: (problem: SchemaProblem) => boolean = () => false,
): SettingProblem[] {
  return schemaProblems(validators()[part], value)
    .filter((problem) => !isReported(problem))
    .map(({ message, fix }) => ({ message: `${owner}${message}`, fix }));
}

type ManifestPart = 'validateHttp' | 'validateConcurrency' | 'validateClient' | 'validateTool';

/** Loads the compiled schema when the first gateway or proxy is in a model. */
const validators = lazy(() => require('./validators') as Readonly<Record<ManifestPart, Validator>>);

/** Checks the clients of a gateway or a proxy, which distinguishes them by name and token. */
export function clientProblems(clients: readonly ToolClient[]): SettingProblem[] {
  return [
    ...clients.flatMap((client) => manifestPartProblems(
      'validateClient',
      clientEntry(client),
      `Client ${JSON.stringify(client.name)}: `,
    )),
    ...repeated(
      'client',
      clients.map(({ name }) => name),
      'Give each client a name of its own.',
    ),
    ...repeated(
      'token',
      clients.map(({ token }) => token.key),
      'Give each client a token of its own: clients that share one cannot be distinguished.',
    ),
  ];
}

/** Returns a client as the manifest has it. */
export function clientEntry({ name, token, callsPerMinute: calls }: ToolClient): DataTable {
  return { name, tokenEnv: token.key, callsPerMinute: calls };
}

/** The pin of a component in the inventory of the toolbox that a construct belongs to. */
export function findPin(scope: Construct, component: string): Pin | undefined {
  const root = scope.node.root;
  const pins = Toolbox.isToolbox(root) ? (root as Toolbox)._pins?.pins ?? [] : [];
  return pins.find((pin) => pin.component === component);
}
