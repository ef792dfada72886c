import { Toolbox } from './model/toolbox';

export * from './inventory/approval';
export * from './inventory/evidence';
export * from './inventory/linter-suppressions';
export * from './inventory/pin-inventory';
export * from './model';
export * from './services';
export * from './testing';

Toolbox._synthesizer = (toolbox) => {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  (require('./synth') as typeof import('./synth')).synth(toolbox);
};
