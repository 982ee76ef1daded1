// SPDX-License-Identifier: BSD-2-Clause
// totp.mjs - codes of an authenticator app (RFC 6238), worked out without Hark's own code.
import { createHmac } from 'node:crypto';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

function fromBase32(text) {
  const bits = [...text.replace(/\s/g, '')].map((c) => ALPHABET.indexOf(c).toString(2).padStart(5, '0')).join('');
  return Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
}

/** The code of the moment, or of so many steps of thirty seconds later. */
export function totp(secret, steps = 0) {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30000) + steps));
  const mac = createHmac('sha1', fromBase32(secret)).update(counter).digest();
  const at = mac[19] & 15;
  return String((mac.readUInt32BE(at) & 0x7fffffff) % 1000000).padStart(6, '0');
}

/** The secret that a page of a set-up shows. */
export const secretOf = (html) => /class="secret">([^<]+)</.exec(html)[1].replace(/\s/g, '');

/** The recovery codes that a page shows. */
export const codesOf = (html) => [...html.matchAll(/<li><code>([^<]+)<\/code>/g)].map(([, code]) => code);
