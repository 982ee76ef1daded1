// SPDX-License-Identifier: BSD-2-Clause
// load.mjs - the load generators: senders that run to their end, and parked polls that take commands.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { run } from '../../tests/harness/process.mjs';
import { program } from './build.mjs';

/** Sends requests of a file; gives { good, bad, rate, p50_us, p99_us }. */
export async function send(port, file, { connections = 8, seconds = 3, rate = 0 } = {}) {
  const done = await run(program('send'), [
    '--port', port, '--requests', file, '--connections', connections, '--seconds', seconds, '--rate', rate,
  ].map(String), { seconds: seconds + 40 });
  if (done.code !== 0) throw new Error(`send ended with ${done.code}: ${done.stderr}`);
  const result = JSON.parse(done.stdout);
  if (result.good === 0 || result.bad > result.good / 100) throw new Error(`send: ${result.bad} bad, ${result.good} good answers: ${done.stderr}`);
  if (done.stderr) console.error(`# ${done.stderr.trim()}`);
  return result;
}

/** The bytes of a body that may have come in chunks (RFC 9112 section 7.1). */
function whole(bytes) {
  const pieces = [];
  let at = 0;
  for (;;) {
    const head = /^([0-9a-f]+)\r\n/i.exec(bytes.subarray(at, at + 20).toString('latin1'));
    if (!head) return at === 0 ? bytes : Buffer.concat(pieces);
    at += head[0].length;
    pieces.push(bytes.subarray(at, at + parseInt(head[1], 16)));
    at += parseInt(head[1], 16) + 2;
  }
}

/** The body of the answer to the first request of a file. */
export async function show(port, file) {
  const done = await run(program('send'), ['--port', String(port), '--requests', file, '--show'], { seconds: 30 });
  if (done.code !== 0) throw new Error(`no good answer: ${done.stderr}${done.stdout.slice(0, 500)}`);
  return whole(Buffer.from(done.stdout)).toString();
}

/** Parks `count` polls and waits until all are. Gives { mark(), report(), stop() }. */
export async function park(port, file, count, { position = false, seconds = 60 } = {}) {
  const child = spawn(program('polls'), [
    '--port', port, '--polls', file, '--count', count, ...(position ? ['--position'] : []),
  ].map(String), { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => child.on('exit', resolve));
  child.stdin.on('error', () => {});
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ask = async (command, most = 20) => {
    child.stdin.write(`${command}\n`);
    let timer;
    const late = new Promise((_, reject) => { timer = setTimeout(() => reject(new Error(`polls: no answer to "${command}" in ${most} s`)), most * 1000); });
    try {
      const { value, done } = await Promise.race([answers.next(), late]);
      if (done) throw new Error(`polls ended (${child.exitCode ?? child.signalCode})`);
      return JSON.parse(value);
    } finally {
      clearTimeout(timer);
    }
  };
  const self = {
    mark: () => ask('mark'),
    report: () => ask('report'),
    stop: async () => {
      child.stdin.end('quit\n');
      await ended;
    },
  };
  try {
    await ask('wait', seconds);
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  }
  return self;
}
