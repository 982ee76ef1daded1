// SPDX-License-Identifier: BSD-2-Clause
// scripts.mjs - scripts of the pages, imported as the modules that they are. (Only a package.json beside a *.js tells node 18 so.)
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { sourceFolder } from './hark.mjs';

/** Gives script(name), which imports static/FOLDER/NAME. */
export function scriptsOf(folder) {
  const copy = mkdtempSync(join(tmpdir(), 'hark-scripts-'));
  cpSync(join(sourceFolder(), 'static', folder), copy, { recursive: true });
  writeFileSync(join(copy, 'package.json'), '{"type":"module"}');
  process.on('exit', () => rmSync(copy, { recursive: true, force: true }));
  return (name) => import(pathToFileURL(join(copy, name)).href);
}
