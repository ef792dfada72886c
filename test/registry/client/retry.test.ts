import { aClient, failureOf } from './support';
import { ScriptedServer, sendManifest, sendStatus, stopServers } from '../scripted-server';

afterEach(stopServers);

/** A registry that has a server error for some requests, and then well. */
function troubled(times: number, status: number, headers: Record<string, string> = {}): Promise<ScriptedServer> {
  let left = times;
  return ScriptedServer.start((_, response) => {
    left -= 1;
    if (left < 0) { sendManifest(response); } else { sendStatus(response, status, headers); }
  });
}

test.each([
  ['too many requests', 429, {}, [500, 1000, 2000]],
  ['a server in trouble', 500, {}, [500, 1000, 2000]],
  ['a server that is away', 503, {}, [500, 1000, 2000]],
  ['a server that says how long', 503, { 'retry-after': '7' }, [7000, 7000, 7000]],
  ['a server that says when, in the past', 429, { 'retry-after': 'Wed, 21 Oct 2015 07:28:00 GMT' }, [0, 0, 0]],
  ['a server that does not know what it says', 429, { 'retry-after': 'soon' }, [500, 1000, 2000]],
  ['a server that says something negative', 429, { 'retry-after': '-5' }, [500, 1000, 2000]],
])('%s is asked again, with longer and longer pauses unless it names one', async (_, status, headers, expected) => {
  const server = await troubled(3, status, headers as Record<string, string>);
  const { client, pauses } = aClient();
  expect(await client.lookUp(`${server.host}/tool`, '1.0')).toMatchObject({ kind: 'index' });
  expect(pauses).toEqual(expected);
});

test('a pause that is named as a date is kept', async () => {
  const server = await troubled(1, 429, { 'retry-after': new Date(Date.now() + 30_000).toUTCString() });
  const { client, pauses } = aClient();
  await client.lookUp(`${server.host}/tool`, '1.0');
  expect(pauses).toHaveLength(1);
  expect(pauses[0]).toBeGreaterThan(25_000);
  expect(pauses[0]).toBeLessThanOrEqual(30_000);
});

test('a broken connection is tried again', async () => {
  let broken = 2;
  const server = await ScriptedServer.start((_, response) => {
    broken -= 1;
    if (broken < 0) { sendManifest(response); } else { response.destroy(); }
  });
  const { client, pauses } = aClient();
  expect(await client.lookUp(`${server.host}/tool`, '1.0')).toMatchObject({ kind: 'index' });
  expect(pauses).toEqual([500, 1000]);
});

test.each([
  ['too often', 99, 429, {}, 4, /limits requests \(429\)\.$/],
  ['in trouble for good', 99, 502, {}, 4, /has a server error \(502\)\.$/],
  [
    'that asks for more patience than anybody has',
    99,
    429,
    { 'retry-after': '21600' },
    1,
    /limits requests \(429\); retry after 360 minutes\.$/,
  ],
  ['that does not know how', 99, 501, {}, 1, /with status 501 for /],
])('fails on a registry %s', async (_, times, status, headers, requests, sentence) => {
  const server = await troubled(times, status, headers as Record<string, string>);
  expect(await failureOf(aClient().client.lookUp(`${server.host}/tool`, '1.0'))).toMatch(sentence);
  expect(server.seen).toHaveLength(requests);
});
