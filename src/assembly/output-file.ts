export type { OutputFile } from '../plan/output-file';
