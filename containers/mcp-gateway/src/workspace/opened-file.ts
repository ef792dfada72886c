import { FileHandle } from 'node:fs/promises';
import { throwIfStopped } from './handle';
import { ToolFailure } from '../tools/tool';

const CHUNK_BYTES = 64 * 1024;

/** A regular file behind the wall. Everything is read from the descriptor that was judged; close it when done. */
export class OpenedFile {
  /** @internal use `Workspace.openFile` */
  constructor(
    private readonly handle: FileHandle,
    /** Where the file really is, relative to the root. */
    public readonly path: string,
    /** Bytes when it was opened. */
    public readonly size: number,
    public readonly modified: Date,
    private readonly maxBytes: number,
  ) {}

  /** For handing the very file to a child process. */
  public get fd(): number {
    return this.handle.fd;
  }

  /** At most `length` bytes from `position`; fewer at the end of the file. */
  public async read(position: number, length: number): Promise<Buffer> {
    // A file that does not end, such as one that is being written, is as long as it was when it was judged.
    const wanted = Math.max(0, Math.min(length, this.size - position));
    const buffer = Buffer.allocUnsafe(wanted);
    let filled = 0;
    while (filled < wanted) {
      const { bytesRead } = await this.handle.read(buffer, filled, wanted - filled, position + filled);
      if (bytesRead === 0) {
        break;
      }
      filled += bytesRead;
    }
    return buffer.subarray(0, filled);
  }

  /** The whole file. It cannot be longer than the limit it was opened with. */
  public async readAll(signal?: AbortSignal): Promise<Buffer> {
    const chunks: Buffer[] = [];
    for await (const chunk of this.chunks(0, signal)) {
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  }

  /** The bytes from `position` to the end, piece by piece. */
  public async *chunks(position = 0, signal?: AbortSignal): AsyncGenerator<Buffer, void, undefined> {
    if (this.size > this.maxBytes) {
      throw new ToolFailure(`the file is larger than ${this.maxBytes} bytes, the most this tool opens`);
    }
    for (let at = position; at < this.size;) {
      throwIfStopped(signal);
      const chunk = await this.read(at, CHUNK_BYTES);
      if (chunk.length === 0) {
        return;
      }
      at += chunk.length;
      yield chunk;
    }
  }

  public async close(): Promise<void> {
    await this.handle.close();
  }
}
