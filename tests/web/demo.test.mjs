// SPDX-License-Identifier: BSD-2-Clause
// demo.test.mjs - what ./demo refuses before it does anything.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { run, sourceFolder } from '../harness/hark.mjs';

const demo = (...args) => run(join(sourceFolder(), 'demo'), args, { seconds: 20 });

test('a port that is none is refused at once, in words', async () => {
  for (const port of ['99999', '65536', '0', '', '08130', '80a', '-1'])
    for (const option of ['--port', '--shop-port']) {
      const done = await demo(option, port);
      assert.equal(done.code, 2, `${option} ${port}`);
      assert.match(done.stderr, /must be a number from 1 to 65535/);
      assert.equal(done.stdout, '');
    }
});

test('a folder with a space is refused at once, in words', async () => {
  const done = await demo('--dir', '/tmp/a b');
  assert.equal(done.code, 1);
  assert.match(done.stderr, /a path with a space .* does not work: \/tmp\/a b/);
  assert.equal((await demo('--dir', '')).code, 2);
});
