// SPDX-License-Identifier: BSD-2-Clause
// delivery.mjs - delivery_p99_ratio: from the moment that a message is due to the moment that the other side's poll is
// answered, while polls are parked; Hark, the bare pair and, without a commit, nchan in turn.
import { park, send } from '../stage/load.mjs';
import { alternate, line, pause } from '../stage/measure.mjs';

async function round({ port, polls, count, requests, position, rate, seconds }) {
  const parked = await park(port, polls, count, { position });
  try {
    await pause(300);
    await parked.mark();
    const sent = await send(port, requests, { connections: 8, seconds, rate });
    await pause(200);
    const got = await parked.report();
    if (got.delivered < sent.good * 0.99) console.error(`# ${requests}: ${sent.good} sent, ${got.delivered} delivered`);
    return { p50: got.p50_us / 1000, p99: got.p99_us / 1000, lost: Math.max(0, sent.good - got.delivered), errors: got.errors + got.cut };
  } finally {
    await parked.stop();
    await pause(300);       // until the servers have noticed that they left
  }
}

export async function measure(openStage, { short, rounds }) {
  const stage = await openStage();
  const { ports, seeds: { files } } = stage;
  const load = { rate: 300, seconds: short ? 1 : 3 };
  let worst = 0;
  for (const count of short ? [500, 2000] : [1000, 10000]) {
    const { ratio, ...results } = await alternate(rounds, {
      hark: async () => {
        await stage.hark.sql('DELETE FROM throttle');
        return round({ port: ports.hark, polls: files.polls, requests: files.hot, position: true, count, ...load });
      },
      floor: async () => {
        await stage.restartRelay();         // evhttp does not notice that parked clients have left
        return round({ port: ports.commit, polls: files.polls_floor, requests: files.hot_floor, count, ...load });
      },
      nchan: () => round({ port: ports.nchan, polls: files.polls_nchan, requests: files.hot_nchan, count, ...load }),
    });
    for (const [name, one] of Object.entries(results)) {
      line(`delivery_${count}_${name}_p50`, one.p50, 'ms');
      line(`delivery_${count}_${name}_p99`, one.p99, 'ms');
      line(`delivery_${count}_${name}_lost`, one.lost, 'messages');
      line(`delivery_${count}_${name}_errors`, one.errors, 'polls');
    }
    const p99 = ratio('hark', 'floor', 'p99');
    line(`delivery_${count}_p99_ratio`, p99, 'of_floor');
    worst = Math.max(worst, p99);
  }
  line('delivery_p99_ratio', worst, 'of_floor');
}
