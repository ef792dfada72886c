export { renderDocs } from './render-docs';
