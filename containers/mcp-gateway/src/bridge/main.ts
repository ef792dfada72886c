import { bridgeCommand } from './command';

// Not process.exit() at once: pending output must be written first.
process.exitCode = await bridgeCommand(process.argv.slice(2));
process.stdin.destroy();
setTimeout(() => process.exit(), 500).unref();
