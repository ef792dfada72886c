import { printError } from './cli/output';
import { run } from './cli/run';

// the reader of standard error may be gone; the gateway goes on
process.stderr.on('error', () => undefined);

process.on('uncaughtException', (error) => {
  printError(
    JSON.stringify({
      level: 'fatal',
      time: new Date().toISOString(),
      err: { message: error.message, stack: error.stack },
      msg: 'the gateway ends by a fault of its own',
    }),
  );
  process.exit(1);
});

process.exitCode = await run(process.argv.slice(2));
// open handles such as keep-alive connections do not hold the process; pending output does
process.stdin.destroy();
setTimeout(() => process.exit(), 500).unref();
