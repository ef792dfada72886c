import { createServer as createHttpServer } from 'node:http';
import { Server, createServer, AddressInfo } from 'node:net';
import { expect } from 'vitest';
import { hostile } from './table';
import { Command, install, run } from '../cli/command';
import { Running } from '../server/running';

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

hostile('healthcheck', {
  'server hangs': async ({ argv }: { argv: string[] }) => {
    const port = 20_000 + (process.pid % 10_000);
    const { manifest, env } = install({
      http: { host: '127.0.0.1', port, allowedHosts: ['gateway'], allowedOrigins: [] },
    });
    const gateway = new Command(['serve', '--manifest', manifest], env);
    await gateway.until(({ stderr }) => stderr.includes('serving'));
    const check = [...argv, '--url', `http://127.0.0.1:${port}`, '--timeout'];
    expect(await run([...check, '60000'], env)).toMatchObject({ code: 0, stdout: 'healthy\n' });
    gateway.child.kill('SIGSTOP');
    const { code, stderr } = await run([...check, '700'], env);
    expect({ code, stderr }).toEqual({ code: 1, stderr: 'unhealthy: no answer within 700 ms\n' });
    gateway.child.kill('SIGCONT');
    gateway.child.kill('SIGTERM');
    expect((await gateway.finished).code).toBe(0);
  },
  'HTTP_PROXY set': async ({ env }: { env: NodeJS.ProcessEnv }) => {
    let proxied = 0;
    const proxy = createServer((socket) => {
      proxied += 1;
      socket.destroy();
    });
    const address = await listen(proxy);
    const gateway = await Running.start();
    const { code } = await run(['--health-check', '--url', `http://127.0.0.1:${gateway.port}`], {
      ...env, PATH: process.env.PATH, HTTP_PROXY: address, http_proxy: address, ALL_PROXY: address,
    });
    expect({ code, proxied }).toEqual({ code: 0, proxied: 0 });
    proxy.close();
  },
  'another program answers': async ({ answers }: { answers: string[] }) => {
    for (const body of answers) {
      const server = createHttpServer((_, res) => res.end(body));
      const { code, stdout, stderr } = await run(['--health-check', '--url', await listen(server)], {});
      expect({ code, stdout, stderr }, body).toEqual({
        code: 1,
        stdout: '',
        stderr: expect.stringMatching(/^unhealthy: .* answers with status 200, and not as this gateway does/),
      });
      server.close();
    }
    const endless = createHttpServer((_, res) => res.end('{}'.padEnd(10_000_000)));
    expect((await run(['--health-check', '--url', await listen(endless)], {})).code).toBe(1);
    endless.close();
  },
  'health leaks': async ({ path }: { path: string }) => {
    const gateway = await Running.start();
    const request = { path, headers: { 'Authorization': null, 'Content-Length': null, 'Content-Type': null } };
    expect(await gateway.send({ ...request, method: 'GET' })).toMatchObject({ status: 200, body: '{"status":"ok"}' });
    expect(await gateway.send({ ...request, method: 'HEAD' })).toMatchObject({ status: 200, body: '' });
    expect((await gateway.send({ ...request, method: 'POST' })).status).toBe(405);
    const ready = await gateway.send({ ...request, path: '/readyz', method: 'GET' });
    expect(ready.body).not.toMatch(/\/|9\.9\.9|read_file|codex/);
  },
});
