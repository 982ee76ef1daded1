// SPDX-License-Identifier: BSD-2-Clause
// build.mjs - the release build in build/bench: programs of Hark, floors and load generators.
import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from '../../tests/harness/process.mjs';

export const source = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
export const folder = join(source, 'build/bench');

async function step(command, args, cwd) {
  const done = await run(command, args, { cwd, seconds: 600 });
  if (done.code !== 0) throw new Error(`${command} ${args.join(' ')} failed:\n${done.stdout.slice(-2000)}${done.stderr.slice(-4000)}`);
}

/** Makes sure that the programs are there and of the sources as they are now, or takes them as they were built. */
export async function build(anew) {
  process.env.HARK_BUILD = folder;
  process.env.PATH += ':/usr/sbin:/usr/local/sbin';
  if (!anew) return;
  mkdirSync(folder, { recursive: true });
  if (!existsSync(join(source, 'configure'))) await step('autoreconf', ['--install'], source);
  if (!existsSync(join(folder, 'Makefile'))) await step(join(source, 'configure'), ['CFLAGS=-O2 -g'], folder);
  await step('make', ['-j2', 'hark', 'hark-web', 'hark-chat', 'hark-jobs', 'bench-programs'], folder);
  const catalogues = await run('make', ['-s', 'all'], { cwd: folder, seconds: 600 });     // translations, which the programs read
  if (catalogues.code !== 0) console.error(`# make all: ${catalogues.stderr.slice(-500)}`);
}

/** The path of a built program: 'send', 'page_floor', … */
export function program(name) {
  return join(folder, 'bench', name.endsWith('_floor') ? 'floor' : 'load', name);
}
