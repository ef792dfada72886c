import { lazy } from '../../util/lazy';
import { Examiner } from '../examination';

/** What a check needs. With --offline neither is asked; if the engine is silent, no check that needs it is made. */
export type Asks = 'nothing' | 'servers' | 'engine';

export interface ExaminerEntry {
  /** What is looked at, for `--help`. */
  readonly summary: string;
  readonly asks: Asks;
  load(): Examiner;
}

/** Every check of the machine, in the order in which they are printed. */
export const examiners: Readonly<Record<string, ExaminerEntry>> = {
  'engine': {
    summary: "Docker Engine answers this user, in time; its version, and Docker Desktop's, against their pins",
    // what keeps it from answering is its finding
    asks: 'servers',
    load: lazy(() => (require('./engine') as typeof import('./engine')).engine),
  },
  'compose': {
    summary: 'Docker Compose reads the generated file',
    asks: 'servers',
    load: lazy(() => (require('./compose') as typeof import('./compose')).compose),
  },
  'node': {
    summary: 'Node.js is recent enough for this command',
    asks: 'nothing',
    load: lazy(() => (require('./node') as typeof import('./node')).node),
  },
  'files': {
    summary: 'The compose file and configuration files are as generated, or as approved, and services may read them',
    asks: 'nothing',
    load: lazy(() => (require('./files') as typeof import('./files')).files),
  },
  'env-file': {
    summary: 'Every secret has a value, and no one else may read it',
    asks: 'nothing',
    load: lazy(() => (require('./env-file') as typeof import('./env-file')).envFile),
  },
  'workspace': {
    summary: 'Folders of the host exist, and you and the services may use them',
    asks: 'nothing',
    load: lazy(() => (require('./workspace') as typeof import('./workspace')).workspace),
  },
  'images': {
    summary: 'The image of every service is on this machine',
    asks: 'engine',
    load: lazy(() => (require('./images') as typeof import('./images')).images),
  },
  'limits': {
    summary: 'The engine has the CPUs and the memory that services may use',
    asks: 'engine',
    load: lazy(() => (require('./limits') as typeof import('./limits')).limits),
  },
  'containers': {
    summary: 'Services run, are healthy, belong to this folder, and have the configuration of now',
    asks: 'engine',
    load: lazy(() => (require('./containers') as typeof import('./containers')).containers),
  },
  'ollama': {
    summary: 'Ollama on the host answers; its version against its pin; who else reaches it',
    asks: 'servers',
    load: lazy(() => (require('./ollama') as typeof import('./ollama')).ollama),
  },
  'host-access': {
    summary: 'Containers reach the servers of the host',
    asks: 'engine',
    load: lazy(() => (require('./host-access') as typeof import('./host-access')).hostAccess),
  },
  'model': {
    summary: 'The models that agents ask for are there',
    asks: 'servers',
    load: lazy(() => (require('./model') as typeof import('./model')).model),
  },
  'context-length': {
    summary: 'The models take as much context as the agent needs',
    asks: 'servers',
    load: lazy(() => (require('./context-length') as typeof import('./context-length')).contextLength),
  },
  'model-server': {
    summary: 'Agents reach their model server through the relay, or in its container',
    asks: 'engine',
    load: lazy(() => (require('./model-server') as typeof import('./model-server')).modelServer),
  },
  'gateway': {
    summary: 'MCP gateways answer an authenticated request of each client',
    asks: 'engine',
    load: lazy(() => (require('./gateway') as typeof import('./gateway')).gateway),
  },
  'codex': {
    summary: 'codex in its image and on the host, against its pin',
    asks: 'nothing',
    load: lazy(() => (require('./codex') as typeof import('./codex')).codex),
  },
  'ports': {
    summary: 'Ports of the host are free, or taken by this toolbox',
    asks: 'nothing',
    load: lazy(() => (require('./ports') as typeof import('./ports')).ports),
  },
  'gpu': {
    summary: 'Accelerators that services ask for are there',
    asks: 'nothing',
    load: lazy(() => (require('./gpu') as typeof import('./gpu')).gpu),
  },
  'disk': {
    summary: 'There is room for what the volumes may grow to',
    asks: 'nothing',
    load: lazy(() => (require('./disk') as typeof import('./disk')).disk),
  },
  'evidence': {
    summary: "Age of what was recorded about the model's checks",
    asks: 'nothing',
    load: lazy(() => (require('./evidence') as typeof import('./evidence')).evidence),
  },
  'waivers': {
    summary: 'Last days of waivers',
    asks: 'nothing',
    load: lazy(() => (require('./waivers') as typeof import('./waivers')).waivers),
  },
};
