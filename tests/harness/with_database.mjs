// SPDX-License-Identifier: BSD-2-Clause
// with_database.mjs - runs a command while one MariaDB server is there for all the tests that it starts.
// usage: node with_database.mjs COMMAND ARGUMENTS...
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { buildFolder } from './hark.mjs';
import { query, shortFolder, startDatabaseServer } from './database.mjs';

const folder = shortFolder('db');
const server = await startDatabaseServer({ folder, cache: buildFolder() });
const [command, ...args] = process.argv.slice(2);
// The unit tests that need a database share one.
await query(server.socket, 'mysql', 'CREATE DATABASE hark_unit CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci');
const child = spawn(command, args, {
  stdio: 'inherit',
  env: {
    ...process.env, HARK_TEST_DATABASE: server.socket,
    HARK_TEST_DB_SOCKET: server.socket, HARK_TEST_DB_NAME: 'hark_unit', HARK_TEST_DB_USER: 'root',
  },
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
const code = await new Promise((resolve) => {
  child.on('error', (error) => {
    console.error(`${command}: ${error.message}`);
    resolve(127);
  });
  child.on('exit', (status) => resolve(status ?? 128));
});
await server.stop();
rmSync(folder, { recursive: true, force: true });
process.exitCode = code;
