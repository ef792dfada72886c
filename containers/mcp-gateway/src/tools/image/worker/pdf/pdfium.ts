import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { WrappedPdfiumModule } from '@embedpdf/pdfium';

/** PDFium with the few helpers its C interface asks for. */
export interface Pdfium {
  readonly api: WrappedPdfiumModule;
  /** A view of its memory; stale after any call that may allocate. */
  bytes(): Uint8Array;
  view(): DataView;
  /** Runs with a zeroed piece of its memory. */
  scratch<T>(size: number, use: (pointer: number) => T): T;
  /** Memory that stays until the process ends. */
  keep(data: Uint8Array): number;
}

/** PDFium could not get the memory it asked for, or failed in itself; it must not be used any further. */
export class PdfiumFailure extends Error {}

const PAGE_BYTES = 65_536;

/**
 * Starts PDFium, the PDF engine of Chrome, as WebAssembly: built without JavaScript, and a fault in it stays inside its
 * own memory, which is held below a limit here.
 */
export async function startPdfium(maxMemory: number): Promise<Pdfium> {
  const { init } = await import('@embedpdf/pdfium');
  const wasm = await readFile(createRequire(import.meta.url).resolve('@embedpdf/pdfium/pdfium.wasm'));
  const silent = (): void => undefined;
  const api = await init({ wasmBinary: new Uint8Array(wasm).buffer, print: silent, printErr: silent });
  const memory = (api.pdfium.wasmExports as unknown as { readonly memory: GrowingMemory }).memory;
  const grow = memory.grow.bind(memory);
  memory.grow = (pages) => {
    if (memory.buffer.byteLength + pages * PAGE_BYTES > maxMemory) {
      throw new PdfiumFailure('it needs more memory than a document may');
    }
    return grow(pages);
  };
  api.PDFiumExt_Init();
  const { malloc, free } = api.pdfium.wasmExports;
  const allocate = (size: number): number => {
    const pointer = malloc(size);
    if (pointer === 0) {
      throw new PdfiumFailure('it needs more memory than a document may');
    }
    return pointer;
  };
  const bytes = (): Uint8Array => new Uint8Array(memory.buffer);
  return {
    api,
    bytes,
    view: () => new DataView(memory.buffer),
    scratch: (size, use) => {
      const pointer = allocate(size);
      try {
        bytes().fill(0, pointer, pointer + size);
        return use(pointer);
      } finally {
        free(pointer);
      }
    },
    keep: (data) => {
      const pointer = allocate(Math.max(1, data.length));
      bytes().set(data, pointer);
      return pointer;
    },
  };
}

interface GrowingMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}
