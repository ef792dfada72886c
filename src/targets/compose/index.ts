export { ComposeOutput, renderCompose } from './render-compose';
