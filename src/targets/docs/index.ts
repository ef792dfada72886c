export { docsFiles, renderDocs } from './render-docs';
