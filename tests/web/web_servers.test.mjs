// SPDX-License-Identifier: BSD-2-Clause
// web_servers.test.mjs - the samples for nginx and Apache: what each must pass on, keep back, cache and answer by itself.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { request, sourceFolder, startHark, until } from '../harness/hark.mjs';

for (const server of ['nginx', 'apache']) {
  describe(`behind ${server}`, () => {
    let hark;
    before(async () => {
      hark = await startHark({ server, programs: ['hark-chat', 'hark-web'] });
    });
    after(() => hark?.stop());

    test('pages come with their headers', async () => {
      const reply = await request(`${hark.url}/sign-in`);
      assert.equal(reply.status, 200);
      assert.match(reply.headers['content-type'], /^text\/html/);
      assert.match(reply.headers['content-security-policy'], /frame-ancestors 'none'/);
      assert.equal(reply.headers['x-content-type-options'], 'nosniff');
      assert.equal(reply.headers['content-encoding'], undefined);
    });

    test('static files: asked about each time, kept for long with a version, compressed', async () => {
      const name = readdirSync(join(sourceFolder(), 'static/css')).find((file) => file.endsWith('.css'));
      const plain = await request(`${hark.url}/static/css/${name}`, { headers: { 'Accept-Encoding': 'gzip' } });
      assert.equal(plain.status, 200);
      assert.equal(plain.headers['cache-control'], 'no-cache');
      assert.equal(plain.headers['content-encoding'], 'gzip');
      assert.equal(plain.headers['x-content-type-options'], 'nosniff');
      assert.ok(plain.headers.etag ?? plain.headers['last-modified']);
      const versioned = await request(`${hark.url}/static/css/${name}?v=1`);
      assert.match(versioned.headers['cache-control'], /immutable/);
    });

    test('nobody gets out of the folder of static files, nor at kept files', async () => {
      for (const path of ['/static/..%2f..%2fREADME.md', '/static/../README.md', '/-files/1/ab/x', '/static/'])
        assert.ok([400, 403, 404].includes((await request(`${hark.url}${path}`)).status), path);
    });

    test('an encoded slash reaches the program', async () => {
      const reply = await request(`${hark.url}/no%2Fsuch/page`);
      assert.equal(reply.status, 404);
      assert.ok(reply.headers['x-request-id'], 'answered by hark-web');
    });

    test('the key of an API request reaches the program in either header', async () => {
      for (const headers of [{ Authorization: 'Bearer none' }, { 'X-Api-Key': 'none' }]) {
        const reply = await request(`${hark.url}/api/v1/queues`, { headers });
        assert.equal(reply.status, 401, JSON.stringify(headers));
        assert.ok(reply.headers['x-request-id']);
      }
    });

    test('polls reach hark-chat, which is passed on as it is', async () => {
      const reply = await request(`${hark.url}/live/poll?ticket=forged`);
      assert.equal(reply.status, 403);
      assert.deepEqual(reply.json(), { error: 'ticket' });
    });

    test('a body over the limit is refused', async () => {
      const body = Buffer.alloc(22 * 1024 * 1024 + 1);
      const reply = await request(`${hark.url}/sign-in`, { method: 'POST', body })
        .catch((error) => error);
      assert.ok(reply instanceof Error || reply.status === 413, `status ${reply.status}`);
    });

    for (const [program, path] of [['hark-web', '/sign-in'], ['hark-chat', '/live/poll?ticket=x']])
      test(`while ${program} is away: 503 with Retry-After at once, and it comes back`, async () => {
        await hark.kill(program);
        const start = Date.now();
        const reply = await request(`${hark.url}${path}`);
        assert.equal(reply.status, 503);
        assert.match(reply.headers['retry-after'], /^\d+$/);
        assert.ok(Date.now() - start < 1000);
        await hark.restart(program);
        await until('the answer', async () => (await request(`${hark.url}${path}`)).status < 500);
      });
  });
}
