import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { hostile } from './table';
import { Command, install } from '../cli/command';
import { INITIALIZE } from '../server/raw-http';

const line = (message: object): string => `${JSON.stringify(message)}\n`;
const LIST = { jsonrpc: '2.0', id: 2, method: 'tools/list' };

interface Session { readonly command: Command; readonly audit: string; readonly folder: string }

async function session(node: readonly string[] = []): Promise<Session> {
  const { manifest, env, audit, folder } = install();
  const command = new Command(['stdio', '--manifest', manifest, '--grace', '120'], env, node);
  command.child.stdin.write(line(INITIALIZE));
  await command.until(({ stdout }) => stdout.includes('serverInfo'));
  return { command, audit, folder };
}

async function answers({ command }: Session, id: number): Promise<void> {
  await command.until(({ stdout }) =>
    stdout.split('\n').some((text) => text !== '' && (JSON.parse(text) as { id?: unknown }).id === id),
  );
}

/** Ends the input and gives back what was written: nothing but messages. */
async function end({ command }: Session): Promise<unknown[]> {
  command.child.stdin.end();
  const { code, stdout } = await command.finished;
  expect(code).toBe(0);
  return stdout.trim().split('\n').map((text) => JSON.parse(text) as unknown);
}

hostile('stdio', {
  'garbage line': async (input: string) => {
    const opened = await session();
    opened.command.child.stdin.write(input + line(LIST));
    await answers(opened, 2);
    await end(opened);
  },
  'CRLF line end': async () => {
    const opened = await session();
    opened.command.child.stdin.write(`${JSON.stringify(LIST)}\r\n`);
    await answers(opened, 2);
    await end(opened);
  },
  'batch line': async () => {
    const opened = await session();
    opened.command.child.stdin.write(`[${JSON.stringify({ ...LIST, id: 77 })}]\n${line(LIST)}`);
    await answers(opened, 2);
    expect(await end(opened)).not.toContainEqual(expect.objectContaining({ id: 77 }));
    expect(readFileSync(opened.audit, 'utf8')).toContain('"rule":"not-json-rpc"');
  },
  'line over 10 MB': async () => {
    const { command, audit } = await session();
    command.child.stdin.write(Buffer.alloc(32 * 1024 * 1024, 'a'));
    command.child.stdin.write('\n');
    const { code } = await command.finished;
    expect(code).toBe(1);
    expect(readFileSync(audit, 'utf8')).toContain('"rule":"line-too-long"');
  },
  'stdin EOF': async () => {
    const opened = await session();
    // a call under way is still answered
    opened.command.child.stdin.write(
      line({
        jsonrpc: '2.0',
        id: 3,
        method: 'tools/call',
        params: { name: 'count_lines', arguments: { path: 'ok.txt' } },
      }),
    );
    expect(await end(opened)).toContainEqual(
      expect.objectContaining({
        id: 3,
        result: expect.objectContaining({ content: expect.arrayContaining([{ type: 'text', text: '2 ok.txt\n' }]) }),
      }),
    );
    expect(readFileSync(opened.audit, 'utf8')).toContain('"type":"stop","reason":"end of input"');
  },
  'console.log by a dependency': async ({ inject }: { inject: string }) => {
    const { folder } = install();
    const preload = join(folder, 'preload.cjs');
    writeFileSync(preload, `process.on('SIGUSR2', () => { ${inject}; process.stdout.write("y") })`);
    const opened = await session(['--require', preload]);
    opened.command.child.kill('SIGUSR2');
    await opened.command.until(({ stderr }) => stderr.includes('x\n') && stderr.includes('y'));
    opened.command.child.stdin.write(line(LIST));
    await answers(opened, 2);
    await end(opened);
  },
  'child writes to our stdout': async () => {
    const opened = await session();
    opened.command.child.stdin.write(
      line({
        jsonrpc: '2.0',
        id: 4,
        method: 'tools/call',
        params: { name: 'count_lines', arguments: { path: 'ok.txt' } },
      }),
    );
    await answers(opened, 4);
    for (const message of await end(opened)) {
      expect(message).toMatchObject({ jsonrpc: '2.0' });
    }
  },
});
