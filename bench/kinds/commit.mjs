// SPDX-License-Identifier: BSD-2-Clause
// commit.mjs - commit_ratio: acknowledged messages a second through nginx, against a bare program with the same transaction.
import { send } from '../stage/load.mjs';
import { alternate, cpuDuring, line } from '../stage/measure.mjs';

export async function measure(openStage, { short, rounds }) {
  const stage = await openStage();
  const { ports, groups, seeds: { files } } = stage;
  const seconds = short ? 1 : 3;
  const round = (port, file, worker) => async () => {
    await stage.hark.sql('DELETE FROM throttle');
    const { result, cpu } = await cpuDuring({ nginx: groups.nginx, worker, database: groups.database },
      () => send(port, file, { connections: 16, seconds }));
    return { ...result, ...Object.fromEntries(Object.entries(cpu).map(([name, used]) => [name, used * 1e6 / result.good])) };
  };
  const { hark, floor, raw4, raw16, ratio } = await alternate(rounds, {
    hark: round(ports.hark, files.messages, groups.web), floor: round(ports.commit, files.messages_floor, groups.commit),
    raw4: () => stage.raw(4, short ? 1 : 2), raw16: () => stage.raw(16, short ? 1 : 2),
  });
  line('commit_ratio', ratio('hark', 'floor', 'rate'), 'of_floor');
  for (const [name, one] of Object.entries({ hark, floor })) {
    line(`commit_${name}_rate`, one.rate, 'messages/s');
    line(`commit_${name}_p50`, one.p50_us / 1000, 'ms');
    line(`commit_${name}_p99`, one.p99_us / 1000, 'ms');
    line(`commit_${name}_cpu_nginx`, one.nginx, 'us/message');
    line(`commit_${name}_cpu_worker`, one.worker, 'us/message');
    line(`commit_${name}_cpu_database`, one.database, 'us/message');
  }
  line('commit_raw_4', raw4.rate, 'transactions/s');
  line('commit_raw_16', raw16.rate, 'transactions/s');
}
