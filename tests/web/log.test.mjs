// SPDX-License-Identifier: BSD-2-Clause
// log.test.mjs - the line of each request: what it has for who looks for a fault, and what it keeps to itself.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { request, startHark, until } from '../harness/hark.mjs';

let hark;

before(async () => {
  hark = await startHark({ programs: ['hark-web'] });
});
after(() => hark?.stop());

/** The values of the one line with that request's id. */
async function lineOf(reply) {
  const id = reply.headers['x-request-id'];
  const line = await until('the line', () => hark.logs()['hark-web'].split('\n').find((one) => one.includes(`event=request request=${id} `)));
  assert.match(line, /^<6>hark-web time=\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z event=request /);
  return Object.fromEntries([...line.matchAll(/ ([a-z]+)=(?:"([^"]*)"|(\S*))/g)].map(([, key, quoted, plain]) => [key, quoted ?? plain]));
}

test('each value has its own key', async () => {
  const line = await lineOf(await request(`${hark.url}/sign-in?next=secret`));
  assert.deepEqual({ ...line, time: '', request: '', ms: '' },
    { time: '', event: 'request', request: '', method: 'GET', path: '/sign-in', status: '200', ms: '', tenant: '0', address: '127.0.0.1', host: '127.0.0.1' });
  assert.match(line.ms, /^\d+$/);
});

test('what is refused has its path, cut and without secrets, its host and the reason', async () => {
  const secret = 'verySecretTokenOfSomebodyElse';
  const lost = await lineOf(await request(`${hark.url}/nothing/${secret}/here?key=${secret}`));
  assert.deepEqual([lost.path, lost.status, lost.reason, lost.host], ['/nothing/verySe.../here', '404', 'not_found', '127.0.0.1']);
  const wrong = await lineOf(await request(`${hark.url}/sign-in`, { method: 'DELETE' }));
  assert.deepEqual([wrong.path, wrong.status, wrong.reason, wrong.method], ['/sign-in', '405', 'method', 'DELETE']);
  const empty = await lineOf(await request(`${hark.url}/a//b`));
  assert.deepEqual([empty.status, empty.reason], ['400', 'malformed']);
  const long = await lineOf(await request(`${hark.url}/${'ab/'.repeat(900)}`));
  assert.deepEqual([long.status, long.reason], ['414', 'too_long']);
  assert.ok(long.path.startsWith('/ab/ab/') && long.path.endsWith('...') && long.path.length < 110, long.path);
  const stranger = await lineOf(await request(`${hark.url}/`, { headers: { Host: 'stranger.example' } }));
  assert.deepEqual([stranger.status, stranger.reason, stranger.host], ['421', 'host', 'stranger.example']);
  assert.ok(!hark.logs()['hark-web'].includes(secret));
});
