// SPDX-License-Identifier: BSD-2-Clause
// idle.mjs - poll_cpu: CPU a second of 5,000 visitors who wait: their polls end and begin again, and each 5 minutes a visitor
// renews its ticket.
import { park, send } from '../stage/load.mjs';
import { cpuDuring, line } from '../stage/measure.mjs';

const WINDOW = 30;              // seconds: every poll ends once within it
const RENEWAL = 300;            // seconds between two renewals of one visitor

export async function measure(openStage, { short }) {
  const { ports, groups, seeds: { files } } = await openStage();
  const count = short ? 1000 : 5000;
  const parked = await park(ports.hark, files.polls_idle, count, { position: true });
  try {
    await parked.mark();
    const { cpu } = await cpuDuring({ chat: groups.chat, nginx: groups.nginx, web: groups.web, database: groups.database },
      () => send(ports.hark, files.renewals, { connections: 2, seconds: WINDOW, rate: Math.ceil(count / RENEWAL) }));
    const { answers, errors } = await parked.report();
    const all = Object.values(cpu).reduce((sum, one) => sum + one, 0);
    line('poll_cpu', all * 1000 / WINDOW, 'ms/s');
    for (const [name, used] of Object.entries(cpu)) line(`poll_cpu_${name}`, used * 1000 / WINDOW, 'ms/s');
    line('poll_cpu_visitors', count, 'visitors');
    line('poll_cpu_answers', answers, 'polls');
    line('poll_cpu_errors', errors, 'polls');
    line('poll_cpu_of_one', all * 1000 / WINDOW / count, 'ms/s');
  } finally {
    await parked.stop();
  }
}
