// SPDX-License-Identifier: BSD-2-Clause
// process.mjs - processes of a test: started with a log, waited for by looking, and ended with all their children.
import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { closeSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** Asks `look` until it gives something true, and returns that; throws when `seconds` have gone. Never a fixed sleep. */
export async function until(what, look, seconds = 20) {
  const end = Date.now() + seconds * 1000;
  let last;
  for (;;) {
    try {
      const found = await look();
      if (found) return found;
    } catch (error) {
      last = error;
    }
    if (Date.now() > end) throw new Error(`waited ${seconds} s for ${what}${last ? `: ${last.message}` : ''}`);
    await pause(20);
  }
}

function listens(port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.on('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

/** A port of 127.0.0.1 that nobody listens on, below those that the kernel gives to connections: none takes it before it is used. */
export async function freePort() {
  for (;;) {
    const port = randomInt(12000, 32000);
    if (await listens(port)) return port;
  }
}

/**
 * Starts a program in a process group of its own; standard output and error go to the file `log`.
 * Gives { pid, running, ended, stop(), kill() }.
 */
export function startProcess({ command, args = [], env = {}, log, cwd }) {
  const out = openSync(log, 'a');
  const child = spawn(command, args, {
    cwd, detached: true, stdio: ['ignore', out, out], env: { ...process.env, ...env },
  });
  closeSync(out);
  const self = { pid: child.pid, running: true, code: null, signal: null };
  self.ended = new Promise((resolve) => {
    const end = (code, signal) => {
      Object.assign(self, { running: false, code, signal });
      resolve({ code, signal });
    };
    child.on('exit', end);
    child.on('error', (error) => {
      self.error = error;
      end(null, null);
    });
  });
  /** Sends a signal to the whole group, so that no worker outlives its parent. */
  self.kill = async (signal = 'SIGKILL') => {
    signalGroup(child.pid, signal);
    await self.ended;
    if (signal === 'SIGKILL') await until('the group to end', () => !groupLives(child.pid), 10);
  };
  /** Asks it to end (SIGTERM), and ends it by force after `seconds`; tells whether it went by itself. */
  self.stop = async (seconds = 15) => {
    if (!child.pid) return true;
    if (self.running) child.kill('SIGTERM');
    try {
      await until('the end', () => !self.running && !groupLives(child.pid), seconds);
      return true;
    } catch {
      signalGroup(child.pid, 'SIGKILL');
      await self.ended;
      return false;
    }
  };
  return self;
}

function signalGroup(pid, signal) {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

/* Is there a process of the group that is more than a zombie? (Orphans are zombies until init looks at them.) */
function groupLives(pid) {
  try {
    process.kill(-pid, 0);
  } catch {
    return false;
  }
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).some((name) => {
    const stat = textOf(`/proc/${name}/stat`);
    const [state, , group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return group === String(pid) && state !== 'Z' && state !== 'X';
  });
}

/** Runs a program to its end; never throws for its exit code. */
export function run(command, args = [], { input = '', env = {}, cwd, seconds = 60 } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, timeout: seconds * 1000, killSignal: 'SIGKILL' });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text) => { stdout += text; });
    child.stderr.setEncoding('utf8').on('data', (text) => { stderr += text; });
    child.stdin.on('error', () => {});
    child.on('error', (error) => resolve({ code: 127, stdout, stderr: `${stderr}${error.message}` }));
    child.on('close', (code, signal) => resolve({ code: code ?? 128, signal, stdout, stderr }));
    child.stdin.end(input);
  });
}

/** The text of a file, or '' when it is not there. */
export function textOf(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
