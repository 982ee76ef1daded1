// SPDX-License-Identifier: BSD-2-Clause
// page.mjs - page_ratio: /admin/canned with 50 rows, signed in, against a bare program that makes the same page.
import { send, show } from '../stage/load.mjs';
import { alternate, cpuDuring, line } from '../stage/measure.mjs';

export async function measure(openStage, { short, rounds }) {
  const { ports, groups, seeds: { files } } = await openStage();
  const seconds = short ? 1 : 3;
  const [page, bare] = [await show(ports.hark, files.page), await show(ports.page, files.page)];
  const bytes = { hark: Buffer.byteLength(page), floor: Buffer.byteLength(bare) };
  const plain = (html) => html.replace(/[\w-]{43}"/g, 'TOKEN"');
  if (plain(page) !== plain(bare)) console.error(`# the floor's page is not Hark's any more (${bytes.floor} bytes, ${bytes.hark}): bring page_floor.c up to date`);
  const round = (port, worker) => async () => {
    const { result, cpu } = await cpuDuring({ nginx: groups.nginx, worker, database: groups.database },
      () => send(port, files.page, { connections: 8, seconds }));
    return { ...result, ...Object.fromEntries(Object.entries(cpu).map(([name, used]) => [name, used * 1e6 / result.good])) };
  };
  const { hark, floor, ratio } = await alternate(rounds, { hark: round(ports.hark, groups.web), floor: round(ports.page, groups.page) });
  line('page_ratio', ratio('hark', 'floor', 'rate'), 'of_floor');
  for (const [name, one] of Object.entries({ hark, floor })) {
    line(`page_${name}_rate`, one.rate, 'requests/s');
    line(`page_${name}_bytes`, bytes[name], 'bytes');
    line(`page_${name}_p50`, one.p50_us / 1000, 'ms');
    line(`page_${name}_p99`, one.p99_us / 1000, 'ms');
    line(`page_${name}_cpu_nginx`, one.nginx, 'us/request');
    line(`page_${name}_cpu_worker`, one.worker, 'us/request');
    line(`page_${name}_cpu_database`, one.database, 'us/request');
  }
}
