/** A generated file, still in memory. */
export interface OutputFile {
  /** Relative to the output folder, with forward slashes. */
  readonly path: string;
  /** The whole text, with line feeds only and one at the end. */
  readonly content: string;
}
