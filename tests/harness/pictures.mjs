// SPDX-License-Identifier: BSD-2-Clause
// pictures.mjs - pictures made of numbers, and forms that carry files.
import { deflateSync } from 'node:zlib';

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc32(body), body.length + 4);
  return out;
}

// Node has a crc32() of its own from 22.2 on.
function crc32(bytes) {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

/** A PNG with stripes. `said` is the size that its header tells, when it is to lie; `text` is metadata in it. */
export function png(width, height, { said = [width, height], text } = {}) {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(said[0], 0);
  head.writeUInt32BE(said[1], 4);
  head.set([8, 2, 0, 0, 0], 8);
  const rows = Buffer.alloc((width * 3 + 1) * height, 90);
  for (let y = 0; y < height; y++) {
    rows[y * (width * 3 + 1)] = 0;
    rows.fill((y * 8) % 256, y * (width * 3 + 1) + 1, y * (width * 3 + 1) + 1 + width);
  }
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', head),
    ...(text ? [chunk('tEXt', Buffer.from(`Comment\0${text}`, 'latin1'))] : []), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]);
}

/** Width and height of a WebP file (RFC 9649), or null. */
export function webpSize(bytes) {
  if (bytes.toString('latin1', 0, 4) !== 'RIFF' || bytes.toString('latin1', 8, 12) !== 'WEBP') return null;
  const kind = bytes.toString('latin1', 12, 16);
  if (kind === 'VP8X') return [bytes.readUIntLE(24, 3) + 1, bytes.readUIntLE(27, 3) + 1];
  if (kind === 'VP8L') return [(bytes.readUInt32LE(21) & 0x3fff) + 1, ((bytes.readUInt32LE(21) >>> 14) & 0x3fff) + 1];
  return [bytes.readUInt16LE(26) & 0x3fff, bytes.readUInt16LE(28) & 0x3fff];
}

/** A form with files as a browser sends it: values are texts, or { name, bytes }. Gives { body, headers } for Client.request(). */
export async function formWithFiles(values) {
  const form = new FormData();
  for (const [name, value] of Object.entries(values))
    if (typeof value === 'object') form.append(name, new Blob([value.bytes]), value.name);
    else form.append(name, value);
  const made = new Response(form);
  return { body: Buffer.from(await made.arrayBuffer()), headers: { 'Content-Type': made.headers.get('content-type') } };
}
