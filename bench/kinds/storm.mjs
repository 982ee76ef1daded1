// SPDX-License-Identifier: BSD-2-Clause
// storm.mjs - storm_seconds: hark-chat is killed under its polls, starts again a second later, and every client has asked
// hark-web for what it may have missed and has its answer.
import { park } from '../stage/load.mjs';
import { line, pause } from '../stage/measure.mjs';

const PATIENCE = 90;            // seconds

export async function measure(openStage, { short }) {
  const stage = await openStage();
  const count = short ? 2000 : 10000;
  await stage.restartChat();
  const parked = await park(stage.ports.hark, stage.seeds.files.polls_idle, count, { position: true });
  try {
    await pause(500);
    await parked.mark();
    await stage.hark.kill('hark-chat');
    await pause(1000);
    await stage.restartChat();
    let now;
    const end = Date.now() + PATIENCE * 1000;
    do {
      await pause(250);
      now = await parked.report();
    } while (now.back < count && Date.now() < end);
    line('storm_seconds', now.back < count ? PATIENCE : now.back_seconds, 's');
    line('storm_errors', now.errors + now.lost + now.cut + (count - now.back), 'polls');
    line('storm_polls', count, 'polls');
    line('storm_back', now.back, 'polls');
    line('storm_synced', now.synced, 'requests');
    line('storm_told_to_wait', now.away, 'answers');
    line('storm_refused', now.errors, 'answers');
    line('storm_cut', now.cut, 'connections');
    line('storm_lost', now.lost, 'polls');
  } finally {
    await parked.stop();
  }
}
