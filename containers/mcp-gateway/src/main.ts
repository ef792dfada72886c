import { complain } from './cli/output';
import { run } from './cli/run';

// whoever reads our standard error may be gone; that is no reason to end
process.stderr.on('error', () => undefined);

process.on('uncaughtException', (error) => {
  complain(
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
// what is still open, a client's keep-alive connection say, does not hold the process; what is still to be written does
process.stdin.destroy();
setTimeout(() => process.exit(), 500).unref();
