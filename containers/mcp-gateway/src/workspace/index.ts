export { expandBraces, Globs } from './glob';
export { throwIfStopped } from './handle';
export { type EntryKind, type FolderEntry, OpenedFolder } from './opened-folder';
export { OpenedFile } from './opened-file';
export { OpenedFiles } from './opened-files';
export { PathPolicy } from './path-policy';
export { isWellFormed, MAX_PATH_BYTES, parsePath, type PathText } from './path-text';
export {
  DEFAULT_MAX_INPUT_BYTES,
  type Facts,
  type OpenFileOptions,
  type OpenFolderOptions,
  Workspace,
} from './workspace';
export { SECRET_NAMES } from './secret-names';
