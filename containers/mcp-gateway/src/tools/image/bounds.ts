/** The descriptor of the decoder process that the document is read from. */
export const DOCUMENT_FD = 3;

/** Longest text of a document (alternative text, address) that is passed on, in characters. */
export const MAX_TEXT = 300;
