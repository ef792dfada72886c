/**
 * PATH of every task: the programs of the project's packages, then the caller's PATH. projen's own default asks `npx`
 * for the same folder before every task, which costs a second or more each time.
 */
export const TASK_PATH = '$(node --print "path.resolve(\'node_modules/.bin\') + path.delimiter + process.env.PATH")';
