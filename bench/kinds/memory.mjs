// SPDX-License-Identifier: BSD-2-Clause
// memory.mjs - poll_bytes: what a parked poll costs hark-chat; poll_bytes_all_ratio: with nginx's share, against nchan.
import { park } from '../stage/load.mjs';
import { alternate, line, memoryOf, pause } from '../stage/measure.mjs';

export async function measure(openStage, { short, rounds }) {
  const stage = await openStage();
  const { ports, seeds: { files } } = stage;
  const count = short ? 2000 : 10000;
  const round = (port, polls, position) => async () => {
    await stage.restartNginx();
    await stage.restartChat();
    await (await park(port, polls, 100, { position })).stop();      // what comes with the first polls is not theirs
    await pause(500);
    const before = { chat: memoryOf(stage.groups.chat), nginx: memoryOf(stage.groups.nginx) };
    const parked = await park(port, polls, count, { position });
    await pause(1000);
    const bytes = (name) => (memoryOf(stage.groups[name]).pss - before[name].pss) / count;
    const result = { chat: bytes('chat'), nginx: bytes('nginx') };
    await parked.stop();
    return result;
  };
  const { hark, nchan, plain } = await alternate(rounds, {
    hark: round(ports.hark, files.polls_idle, true), nchan: round(ports.nchan, files.polls_nchan, false),
    plain: round(ports.nchan_plain, files.polls_nchan, false),
  });
  line('poll_bytes', hark.chat, 'bytes');
  line('poll_bytes_nginx', hark.nginx, 'bytes');
  line('poll_bytes_all', hark.chat + hark.nginx, 'bytes');
  line('poll_bytes_nchan', plain.nginx, 'bytes');
  line('poll_bytes_nchan_tuned', nchan.nginx, 'bytes');
  line('poll_bytes_all_ratio', (hark.chat + hark.nginx) / plain.nginx, 'of_nchan');
  line('poll_bytes_tuned_ratio', (hark.chat + hark.nginx) / nchan.nginx, 'of_nchan');
}
