// toolbox-negotiate: is a tool offered to the model, under which name and with which schema? The real codex answers,
// with its real configuration and gateway; only the model is replaced, by one in this process that thinks of nothing.
import { parseArgs } from 'node:util';
import { readConfiguration } from './configuration.mjs';
import { NullModel } from './null-model.mjs';
import { print } from './print.mjs';
import { runCodex } from './run-codex.mjs';
import { EXIT, judge } from './verdict.mjs';

const USAGE = 'usage: toolbox-negotiate --profile NAME --tool NAME [--call JSON] [--json]';

function readOptions() {
  const { values } = parseArgs({
    options: {
      profile: { type: 'string' },
      tool: { type: 'string' },
      call: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  if (!values.profile || !values.tool) throw new Error(USAGE);
  return values;
}

/** The arguments of a call are an object, or codex would refuse them with a message about its own insides. */
function readCall(text) {
  if (text === undefined) return undefined;
  let value;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Error(`--call is not JSON: ${error.message}. Write an object, such as '{"path":"README.md"}'.`);
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    throw new Error('--call is JSON, but not an object. Write one, such as \'{"path":"README.md"}\'.');
  }
  return value;
}

async function negotiate({ profile, tool, call: callText, json }) {
  let call;
  try {
    call = readCall(callText);
  } catch (error) {
    return print({ exit: EXIT.CALL, problem: error.message, tool }, json);
  }
  const configuration = readConfiguration(process.env.CODEX_HOME);
  const model = await NullModel.listen(tool, call);
  try {
    const run = await runCodex({ profile, provider: configuration.provider, url: model.url });
    return print(judge({ tool, call, model, run, servers: configuration.servers }), json);
  } finally {
    model.close();
  }
}

try {
  process.exitCode = await negotiate(readOptions());
} catch (error) {
  process.stderr.write(`toolbox-negotiate: ${error.message}\n`);
  process.exitCode = error.code?.startsWith?.('ERR_PARSE_ARGS') || error.message === USAGE ? EXIT.USAGE : EXIT.CODEX;
}
