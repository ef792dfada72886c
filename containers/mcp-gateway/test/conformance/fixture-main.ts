import { fixtureServer } from './fixture-server';
import { Gateway } from '../../src/gateway/gateway';
import { prepare } from '../../src/gateway/prepare';
import { httpSettings } from '../../src/manifest/defaults';
import { createLog } from '../../src/operations/log';
import { Credentials } from '../../src/server/credentials';
import { McpEndpoint } from '../../src/server/http/endpoint';
import { HttpServer } from '../../src/server/http/http-server';

// the gateway's own way in, judgement and sessions; only what is served behind them is the suite's
const log = createLog('info');
const prepared = await prepare({ manifestFile: process.argv[2]! });
const { manifest } = prepared.loaded;
const credentials = Credentials.load(manifest, process.env, () => undefined);
const gateway = await Gateway.open(prepared, { transport: 'http', version: '0.0.0', log });
const settings = httpSettings(manifest);
await new HttpServer({
  ...gateway,
  settings,
  endpoint: new McpEndpoint(fixtureServer, settings, log),
  credentials,
  log,
}).listen();
log.info('serving');
