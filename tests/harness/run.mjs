// SPDX-License-Identifier: BSD-2-Clause
// run.mjs - runs scripts of tests and speaks TAP: so many at a time, and each at most so long, for one that hangs shall be named.
// usage: node run.mjs TOGETHER SECONDS FILES...
// (`node --test` has no option for the time in node 18, which is Debian 12's.)
import { resolve } from 'node:path';
import { run } from 'node:test';
import { tap } from 'node:test/reporters';

const [together, seconds, ...files] = process.argv.slice(2);

run({ files: files.map((file) => resolve(file)), concurrency: Number(together), timeout: Number(seconds) * 1000 })
  .on('test:fail', () => { process.exitCode = 1; })
  .compose(tap)
  .pipe(process.stdout);
