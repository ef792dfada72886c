import { lazy } from '../../util/lazy';
import { Examiner } from '../examination';

/** The systems that a check contacts. --offline skips both kinds; without an engine, its checks are skipped. */
export type Asks = 'nothing' | 'servers' | 'engine';

export interface ExaminerEntry {
  /** Summary for `--help`. */
  readonly summary: string;
  readonly asks: Asks;
  load(): Examiner;
}

/** All checks, in the order of the output. */
export const examiners: Readonly<Record<string, ExaminerEntry>> = {
  'engine': {
    summary: 'Docker Engine responds in time; versions of Docker Engine and Docker Desktop match their pins',
    // reports itself why the engine does not answer
    asks: 'servers',
    load: lazy(() => (require('./engine') as typeof import('./engine')).engine),
  },
  'compose': {
    summary: 'Docker Compose supports the generated file',
    asks: 'servers',
    load: lazy(() => (require('./compose') as typeof import('./compose')).compose),
  },
  'node': {
    summary: 'Node.js is recent enough for this command',
    asks: 'nothing',
    load: lazy(() => (require('./node') as typeof import('./node')).node),
  },
  'files': {
    summary: 'Compose and configuration files are as generated or approved, and readable by services',
    asks: 'nothing',
    load: lazy(() => (require('./files') as typeof import('./files')).files),
  },
  'env-file': {
    summary: 'Every secret has a value in a private env file',
    asks: 'nothing',
    load: lazy(() => (require('./env-file') as typeof import('./env-file')).envFile),
  },
  'workspace': {
    summary: 'Host folders exist and are accessible to you and the services',
    asks: 'nothing',
    load: lazy(() => (require('./workspace') as typeof import('./workspace')).workspace),
  },
  'images': {
    summary: 'The images of all services are present',
    asks: 'engine',
    load: lazy(() => (require('./images') as typeof import('./images')).images),
  },
  'limits': {
    summary: 'The engine has enough CPUs and memory for the limits',
    asks: 'engine',
    load: lazy(() => (require('./limits') as typeof import('./limits')).limits),
  },
  'containers': {
    summary: 'Services run, are healthy, belong to this folder and are up to date',
    asks: 'engine',
    load: lazy(() => (require('./containers') as typeof import('./containers')).containers),
  },
  'ollama': {
    summary: 'Ollama on the host responds, matches its pin and is not reachable by other machines',
    asks: 'servers',
    load: lazy(() => (require('./ollama') as typeof import('./ollama')).ollama),
  },
  'host-access': {
    summary: 'Containers reach the servers of the host',
    asks: 'engine',
    load: lazy(() => (require('./host-access') as typeof import('./host-access')).hostAccess),
  },
  'model': {
    summary: 'The models of the agents are present',
    asks: 'servers',
    load: lazy(() => (require('./model') as typeof import('./model')).model),
  },
  'context-length': {
    summary: 'The context windows of the models are large enough',
    asks: 'servers',
    load: lazy(() => (require('./context-length') as typeof import('./context-length')).contextLength),
  },
  'model-server': {
    summary: 'Agents reach their model server',
    asks: 'engine',
    load: lazy(() => (require('./model-server') as typeof import('./model-server')).modelServer),
  },
  'gateway': {
    summary: 'MCP gateways accept an authenticated request of each client',
    asks: 'engine',
    load: lazy(() => (require('./gateway') as typeof import('./gateway')).gateway),
  },
  'codex': {
    summary: 'codex in its image and on the host matches its pin',
    asks: 'nothing',
    load: lazy(() => (require('./codex') as typeof import('./codex')).codex),
  },
  'ports': {
    summary: 'Host ports are free or used by this toolbox',
    asks: 'nothing',
    load: lazy(() => (require('./ports') as typeof import('./ports')).ports),
  },
  'gpu': {
    summary: 'The requested accelerators are present',
    asks: 'nothing',
    load: lazy(() => (require('./gpu') as typeof import('./gpu')).gpu),
  },
  'disk': {
    summary: 'There is enough disk space for the volumes',
    asks: 'nothing',
    load: lazy(() => (require('./disk') as typeof import('./disk')).disk),
  },
  'evidence': {
    summary: 'Age of the evidence',
    asks: 'nothing',
    load: lazy(() => (require('./evidence') as typeof import('./evidence')).evidence),
  },
  'waivers': {
    summary: 'Expiry dates of waivers',
    asks: 'nothing',
    load: lazy(() => (require('./waivers') as typeof import('./waivers')).waivers),
  },
};
