/* eslint-disable @typescript-eslint/no-require-imports -- only the checks that are made are loaded */
import { Examiner } from './examination';

export interface ExaminerEntry {
  /** What is looked at, for `--help`. */
  readonly summary: string;
  /** It asks the engine or a server, and can do nothing without. */
  readonly online: boolean;
  load(): Examiner;
}

/** Every check of the machine, in the order in which they are told. */
export const examiners: Readonly<Record<string, ExaminerEntry>> = {
  'engine': {
    summary: 'Docker Engine, and Docker Desktop, against their pins',
    online: true,
    load: () => (require('./engine') as typeof import('./engine')).engine,
  },
  'compose': {
    summary: 'Docker Compose reads the generated file',
    online: true,
    load: () => (require('./compose') as typeof import('./compose')).compose,
  },
  'node': {
    summary: 'Node.js is recent enough for this command',
    online: false,
    load: () => (require('./node') as typeof import('./node')).node,
  },
  'ollama': {
    summary: 'Ollama on the host answers, and its version against its pin',
    online: true,
    load: () => (require('./ollama') as typeof import('./ollama')).ollama,
  },
  'model': {
    summary: 'The models that agents ask for are there',
    online: true,
    load: () => (require('./model') as typeof import('./model')).model,
  },
  'context-length': {
    summary: 'The models take as much context as the agent needs',
    online: true,
    load: () => (require('./context-length') as typeof import('./context-length')).contextLength,
  },
  'codex': {
    summary: 'codex on the host against its pin',
    online: false,
    load: () => (require('./codex') as typeof import('./codex')).codex,
  },
  'env-file': {
    summary: 'Every secret has a value, and nobody else may read it',
    online: false,
    load: () => (require('./env-file') as typeof import('./env-file')).envFile,
  },
  'ports': {
    summary: 'Ports of the host are free, or taken by this toolbox',
    online: false,
    load: () => (require('./ports') as typeof import('./ports')).ports,
  },
  'gpu': {
    summary: 'Accelerators that services ask for are there',
    online: false,
    load: () => (require('./gpu') as typeof import('./gpu')).gpu,
  },
  'disk': {
    summary: 'There is room for what the volumes may grow to',
    online: false,
    load: () => (require('./disk') as typeof import('./disk')).disk,
  },
  'evidence': {
    summary: 'Age of what was recorded about the model\'s checks',
    online: false,
    load: () => (require('./evidence') as typeof import('./evidence')).evidence,
  },
  'waivers': {
    summary: 'Last days of waivers',
    online: false,
    load: () => (require('./waivers') as typeof import('./waivers')).waivers,
  },
};
