export { OutputFile } from '../plan/output-file';
