// SPDX-License-Identifier: BSD-2-Clause
// pages.mjs - one page of Hark against the same page of page_floor.
import { send, show } from './load.mjs';
import { alternate, cpuDuring, line } from './measure.mjs';

/** What differs from one answer to the next: tokens of forms. */
const plain = (html) => html.replace(/[\w-]{43}"/g, 'TOKEN"');

/** Requests a second over 8 connections, and CPU of each group for one request. */
export async function pageRound(port, file, seconds, groups) {
  const { result, cpu } = await cpuDuring(groups, () => send(port, file, { connections: 8, seconds }));
  const each = Object.entries(cpu).map(([name, used]) => [name, used * 1e6 / result.good]);
  return { ...result, ...Object.fromEntries(each), cpu: each.reduce((sum, [, used]) => sum + used, 0) };
}

export function pageLines(prefix, one) {
  line(`${prefix}_rate`, one.rate, 'requests/s');
  line(`${prefix}_p50`, one.p50_us / 1000, 'ms');
  line(`${prefix}_p99`, one.p99_us / 1000, 'ms');
  line(`${prefix}_cpu_nginx`, one.nginx, 'us/request');
  line(`${prefix}_cpu_worker`, one.worker, 'us/request');
  line(`${prefix}_cpu_database`, one.database, 'us/request');
}

/** Prints <name>_ratio and what it is made of. */
export async function comparePages({ ports, groups }, name, file, { seconds, rounds }) {
  const [page, bare] = [await show(ports.hark, file), await show(ports.page, file)];
  const bytes = { hark: Buffer.byteLength(page), floor: Buffer.byteLength(bare) };
  if (plain(page) !== plain(bare)) console.error(`# the floor's page is not Hark's any more (${bytes.floor} bytes, ${bytes.hark}): bring page_floor up to date`);
  const round = (port, worker) => () => pageRound(port, file, seconds, { nginx: groups.nginx, worker, database: groups.database });
  const { hark, floor, ratio } = await alternate(rounds, { hark: round(ports.hark, groups.web), floor: round(ports.page, groups.page) });
  line(`${name}_ratio`, ratio('hark', 'floor', 'rate'), 'of_floor');
  line(`${name}_cpu_ratio`, ratio('floor', 'hark', 'cpu'), 'of_floor');
  for (const [who, one] of Object.entries({ hark, floor })) {
    line(`${name}_${who}_bytes`, bytes[who], 'bytes');
    pageLines(`${name}_${who}`, one);
  }
}
