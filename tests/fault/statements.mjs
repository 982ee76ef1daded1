// SPDX-License-Identifier: BSD-2-Clause
// statements.mjs - stands between a program and MariaDB on a unix socket and tells of each statement that changes something.
import { connect, createServer } from 'node:net';

const COM_QUERY = 0x03;
const CHANGES = /^\s*(CREATE|ALTER|DROP|RENAME|UPDATE|INSERT|DELETE)\b/i;

/** Packets of the client: three bytes of length, a number, the content; a command has the number 0. */
function* packets(state, bytes) {
  state.rest = Buffer.concat([state.rest, bytes]);
  while (state.rest.length >= 4) {
    const end = 4 + state.rest.readUIntLE(0, 3);
    if (state.rest.length < end) return;
    yield state.rest.subarray(0, end);
    state.rest = state.rest.subarray(end);
  }
}

/**
 * Listens on `socket` and passes all on to `target`. `each(sql, send)` is called for every statement in text (migrations send theirs so)
 * that changes something; it must call send() to let it go on, and may wait before.
 */
export async function startStatements({ socket, target, each }) {
  const open = new Set();
  const server = createServer((client) => {
    const upstream = connect(target);
    const state = { rest: Buffer.alloc(0) };
    let order = Promise.resolve();
    for (const one of [client, upstream]) {
      open.add(one);
      one.on('error', () => {}).on('close', () => {
        open.delete(one);
        client.destroy();
        upstream.destroy();
      });
    }
    upstream.on('data', (bytes) => client.write(bytes));
    client.on('data', (bytes) => {
      for (const packet of packets(state, bytes)) {
        const copy = Buffer.from(packet);
        const sql = copy[3] === 0 && copy[4] === COM_QUERY ? copy.toString('utf8', 5) : '';
        order = order.then(() => (CHANGES.test(sql) ? each(sql, () => upstream.write(copy)) : upstream.write(copy)));
      }
    });
  });
  await new Promise((resolve) => { server.listen(socket, resolve); });
  return {
    close() {
      for (const one of open) one.destroy();
      return new Promise((resolve) => { server.close(resolve); });
    },
  };
}
