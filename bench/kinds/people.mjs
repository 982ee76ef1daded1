// SPDX-License-Identifier: BSD-2-Clause
// people.mjs - sign_in_page_ratio and agents_list_ratio: with 1,000 companies, against a bare program that makes the same pages;
// identify_ms: who asks and what they may do, for one request.
import { join } from 'node:path';
import { run } from '../../tests/harness/process.mjs';
import { program } from '../stage/build.mjs';
import { alternate, cpuDuring, line } from '../stage/measure.mjs';
import { comparePages } from '../stage/pages.mjs';
import { sessionOf } from '../stage/tenants.mjs';

async function identify(hark, count) {
  const done = await run(program('identify'), [join(hark.folder, 'hark.conf'), sessionOf(7), String(count)], { seconds: 60 });
  if (done.code !== 0) throw new Error(`identify: ${done.stderr}`);
  return JSON.parse(done.stdout);
}

export async function measure(openStage, { short, rounds }) {
  const stage = await openStage();
  const options = { seconds: short ? 1 : 3, rounds };
  await comparePages(stage, 'sign_in_page', stage.seeds.files.sign_in, options);
  await comparePages(stage, 'agents_list', stage.seeds.files.agents, options);
  const { one } = await alternate(rounds, {
    one: async () => {
      const count = short ? 1000 : 5000;
      const { result, cpu } = await cpuDuring({ database: stage.groups.database }, () => identify(stage.hark, count));
      return { ...result, database: cpu.database * 1000 / count };
    },
  });
  line('identify_ms', one.ms, 'ms');
  line('identify_shortest_ms', one.shortest, 'ms');
  line('identify_cpu_database_ms', one.database, 'ms');
  line('identify_statements', one.statements, 'statements');
  line('identify_rows', one.rows, 'rows by an index');
  line('identify_scanned', one.scanned, 'rows without an index');
}
