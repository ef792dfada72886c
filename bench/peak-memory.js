// @ts-check
'use strict';

// preloaded: the most memory that the process has held, in mebibytes, as the last line of standard error
const { writeSync } = require('node:fs');
process.on('exit', () => writeSync(2, `\n${process.resourceUsage().maxRSS / 1024}\n`));
