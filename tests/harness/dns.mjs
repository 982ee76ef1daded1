// SPDX-License-Identifier: BSD-2-Clause
// dns.mjs - a small name server for tests: answers TXT questions from a map, by UDP (RFC 1035).
import { createSocket } from 'node:dgram';

/** The name of a question, and where it ends. */
function readName(packet, start) {
  const labels = [];
  let at = start;
  while (packet[at] !== 0) {
    labels.push(packet.toString('latin1', at + 1, at + 1 + packet[at]));
    at += packet[at] + 1;
  }
  return { name: labels.join('.').toLowerCase(), end: at + 1 };
}

function record(text) {
  const pieces = text.match(/[^]{1,255}/g) ?? [''];
  const data = Buffer.concat(pieces.map((piece) => Buffer.concat([Buffer.from([Buffer.byteLength(piece)]), Buffer.from(piece)])));
  const head = Buffer.alloc(12);
  head.writeUInt16BE(0xc00c, 0);
  head.writeUInt16BE(16, 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt32BE(60, 6);
  head.writeUInt16BE(data.length, 10);
  return Buffer.concat([head, data]);
}

/** Starts it. `texts` maps a name to a list of texts; names that it lacks do not exist. Gives { address, texts, asked, stop() }. */
export async function startNameServer(texts = new Map()) {
  const socket = createSocket('udp4');
  const asked = [];
  socket.on('message', (packet, from) => {
    const { name, end } = readName(packet, 12);
    const answers = texts.get(name);
    asked.push(name);
    const head = Buffer.alloc(12);
    packet.copy(head, 0, 0, 2);
    head.writeUInt16BE(answers ? 0x8580 : 0x8583, 2);
    head.writeUInt16BE(1, 4);
    head.writeUInt16BE(answers?.length ?? 0, 6);
    socket.send(Buffer.concat([head, packet.subarray(12, end + 4), ...(answers ?? []).map(record)]), from.port, from.address);
  });
  await new Promise((resolve) => { socket.bind(0, '127.0.0.1', resolve); });
  return { address: `127.0.0.1:${socket.address().port}`, texts, asked, stop: () => new Promise((resolve) => { socket.close(resolve); }) };
}
