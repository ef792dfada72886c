export { renderCompose } from './render-compose';
export type { ComposeOutput } from './render-compose';
