import { Toolbox } from './model/toolbox';
import { lazy } from './util/lazy';

export * from './inventory/approval';
export * from './inventory/evidence';
export * from './inventory/known-image';
export * from './inventory/linter-suppressions';
export * from './inventory/pin-inventory';
export * from './model';
export * from './services';
export * from './testing';

const synthesis = lazy(() => require('./synth') as typeof import('./synth'));
Toolbox._synthesizer = (toolbox) => synthesis().synth(toolbox);
