/**
 * A process that does nothing but write the log, for tests that end it: `driver PATH ROUND CONCURRENCY`. It prints the
 * name of each record after its append resolved, as a gateway answers.
 */
import { writeSync } from 'node:fs';
import { AuditLog } from '../../src/audit/log';

const [path = '', round = '0', concurrency = '1'] = process.argv.slice(2);
// A file size limit must show as an error of the write and not end the process.
process.on('SIGXFSZ', () => undefined);

const log = await AuditLog.open({ path, lockWaitMs: 0, maxBytes: 65536, maxFiles: 1000 });
writeSync(1, 'open\n');
let stopped = false;
process.on('SIGTERM', () => {
  stopped = true;
});

async function work(worker: number): Promise<void> {
  for (let index = 0; !stopped; index += 1) {
    const tool = `t-${round}-${worker}-${index}`;
    try {
      await log.append({
        type: 'call',
        client: 'driver',
        tool,
        arguments: { count: 0, declared: {} },
        outcome: 'success',
        durationMs: 0,
        bytesOut: 0,
        policyDigest: `sha256:${'0'.repeat(64)}`,
      });
      writeSync(1, `${tool}\n`);
    } catch (error) {
      writeSync(1, `refused ${String(error)}\n`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

await Promise.all(Array.from({ length: Number(concurrency) }, async (_, worker) => work(worker)));
await log.close();
writeSync(1, 'closed\n');
