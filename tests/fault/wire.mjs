// SPDX-License-Identifier: BSD-2-Clause
// wire.mjs - a TCP proxy between clients and the web server that loses what goes one way, as a dying network does.
import { connect, createServer } from 'node:net';

/** Gives { url, lose(way), heal(), cut(), close() }; `way` is 'up' (to the server) or 'down' (to the client). */
export async function startWire(port) {
  let lost = '';
  const pairs = new Set();
  const server = createServer((client) => {
    const upstream = connect(port, '127.0.0.1');
    const pair = { client, upstream, holed: false };
    pairs.add(pair);
    const end = () => {
      // While a way is lost its end is lost too: the other side hears nothing of it until the network heals.
      if (lost && pair.holed) return;
      pairs.delete(pair);
      client.destroy();
      upstream.destroy();
    };
    const pass = (way, to) => (bytes) => {
      if (lost === way) pair.holed = true;
      // Once there is a hole in a stream nothing after it arrives.
      if (pair.holed && (lost === way || !lost)) return;
      to.write(bytes);
    };
    client.on('data', pass('up', upstream));
    upstream.on('data', pass('down', client));
    for (const socket of [client, upstream]) socket.on('error', end).on('close', end);
  });
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const cut = (fits) => {
    for (const pair of [...pairs]) {
      if (!fits(pair)) continue;
      pairs.delete(pair);
      // Not resetAndDestroy(): with bytes still to be written node may then spin at its exit for good.
      pair.client.destroy();
      pair.upstream.destroy();
    }
  };
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    lose(way) { lost = way; },
    /** The way is there again; connections with a hole break at the next packet, as the hosts find out. */
    heal() { lost = ''; cut((pair) => pair.holed); },
    /** Breaks all connections. */
    cut() { cut(() => true); },
    close() {
      cut(() => true);
      return new Promise((resolve) => { server.close(resolve); });
    },
  };
}
