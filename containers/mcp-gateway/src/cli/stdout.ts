import { Console } from 'node:console';
import { Writable } from 'node:stream';

/**
 * Standard output for the protocol alone: whatever else writes there from now on, a dependency's console.log say, goes
 * to standard error. To be called before anything heavy is loaded.
 */
export function takeStdout(): Writable {
  const write = process.stdout.write.bind(process.stdout);
  process.stdout.write = process.stderr.write.bind(process.stderr) as typeof process.stdout.write;
  globalThis.console = new Console(process.stderr);
  return new Writable({
    decodeStrings: false,
    write(chunk: string | Buffer, _, callback) {
      write(chunk, (error) => callback(error ?? null));
    },
  });
}
