import { bridgeCommand } from './command';

// Not process.exit as such: what is still on its way to standard output must get there.
process.exitCode = await bridgeCommand(process.argv.slice(2));
process.stdin.destroy();
setTimeout(() => process.exit(), 500).unref();
