// Folders are read in another order than that of the file system: loaded by Node before everything else.
const fs = require('node:fs');

const { readdirSync } = fs;
fs.readdirSync = (...args) => readdirSync(...args).reverse();
