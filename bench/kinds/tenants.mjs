// SPDX-License-Identifier: BSD-2-Clause
// tenants.mjs - tenants_ratio and tenants_pss_mb: the list of agents and the memory of all processes, with 1,000 companies against one.
import { startHark } from '../../tests/harness/hark.mjs';
import { alternate, line, memoryOf, pause, running } from '../stage/measure.mjs';
import { pageLines, pageRound } from '../stage/pages.mjs';
import { WORKERS } from '../stage/stage.mjs';
import { writeRequests, writeTenants } from '../stage/tenants.mjs';

const MANY = 1000;
const PROGRAMS = ['hark-web', 'hark-chat', 'hark-jobs'];

/** A Hark with so many companies, idle after each of its workers has answered a few requests. */
async function open(count) {
  const hark = await startHark({ database: 'own', programs: [], conf: { web_workers: WORKERS } });
  running.add(hark);
  await writeTenants(hark, count);
  for (const name of PROGRAMS) await hark.restart(name);
  const file = writeRequests(hark, 'agents', '/admin/agents', count);
  const groups = { nginx: hark.pids('web-server'), worker: hark.pids('hark-web'), database: hark.database.server.process.pid };
  await pageRound(hark.port, file, 1, groups);
  return { hark, file, groups };
}

export async function measure(_, { short, rounds }) {
  const opened = [];
  try {
    for (const count of [1, MANY]) opened.push(await open(count));
    const [few, many] = opened;
    await pause(short ? 1000 : 3000);
    /* Both run now, so that what their processes share is shared alike. */
    for (const one of opened) one.pss = PROGRAMS.map((name) => memoryOf(one.hark.pids(name)).pss / 2 ** 20);
    const sum = (values) => values.reduce((all, one) => all + one, 0);
    line('tenants_pss_mb', sum(many.pss) - sum(few.pss), 'MiB');
    PROGRAMS.forEach((name, i) => {
      line(`tenants_pss_1_${name.slice(5)}`, few.pss[i], 'MiB');
      line(`tenants_pss_${MANY}_${name.slice(5)}`, many.pss[i], 'MiB');
    });
    const round = ({ hark, file, groups }) => () => pageRound(hark.port, file, short ? 1 : 3, groups);
    const { one, all, ratio } = await alternate(rounds, { one: round(few), all: round(many) });
    line('tenants_ratio', ratio('one', 'all', 'rate'), 'of_1');
    line('tenants_cpu_ratio', ratio('all', 'one', 'cpu'), 'of_1');
    pageLines('tenants_1', one);
    pageLines(`tenants_${MANY}`, all);
  } finally {
    for (const { hark } of opened) {
      running.delete(hark);
      await hark.stop();
    }
  }
}
