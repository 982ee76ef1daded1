// SPDX-License-Identifier: BSD-2-Clause
// measure.mjs - medians of alternating rounds, CPU and memory of process groups, and the lines that are printed.
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

export { pause };

const TICKS = 100;              // of /proc/PID/stat a second: USER_HZ of Linux

/** What must be stopped at the end, also when the run is interrupted. */
export const running = new Set();

/** Lines that were printed, by name. */
export const printed = new Map();

/** Prints one line. */
export function line(name, value, unit) {
  const places = Math.abs(value) >= 1000 ? 0 : Math.abs(value) >= 100 ? 1 : 3;
  const text = Number(value.toFixed(places));
  printed.set(name, text);
  console.log(`${name} ${text} ${unit}`);
}

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * Runs the variants in turn, A B A B …; gives for each an object of medians of what its function gave, and
 * ratio(a, b, key): the median of the rounds' own ratios, since what disturbs a machine disturbs neighbours alike.
 */
export async function alternate(rounds, variants) {
  const results = Object.fromEntries(Object.keys(variants).map((name) => [name, []]));
  for (let i = 0; i < rounds; i += 1)
    for (const [name, run] of Object.entries(variants)) results[name].push(await run(i));
  const medians = Object.fromEntries(Object.entries(results).map(([name, all]) => [name,
    Object.fromEntries(Object.keys(all[0]).map((key) => [key, median(all.map((one) => one[key]))]))]));
  return { ...medians, ratio: (a, b, key) => median(results[a].map((one, i) => one[key] / results[b][i][key])) };
}

function statOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /s, '').split(' ');
  } catch {
    return undefined;
  }
}

/** The processes of a group. */
export function members(group) {
  return readdirSync('/proc').filter((pid) => /^\d+$/.test(pid) && statOf(pid)?.[2] === String(group)).map(Number);
}

/** CPU seconds of a group so far, of children that have ended too. */
export function cpuOf(group) {
  let ticks = 0;
  for (const pid of members(group)) {
    const stat = statOf(pid);
    if (stat) ticks += Number(stat[11]) + Number(stat[12]) + Number(stat[13]) + Number(stat[14]);
  }
  return ticks / TICKS;
}

/** CPU seconds that each of the groups { name: pid } used while `work` ran, and what it gave. */
export async function cpuDuring(groups, work) {
  const before = Object.entries(groups).map(([name, pid]) => [name, pid, cpuOf(pid)]);
  const result = await work();
  return { result, cpu: Object.fromEntries(before.map(([name, pid, then]) => [name, cpuOf(pid) - then])) };
}

/** Bytes of memory of a group: pss is its share of what is shared. */
export function memoryOf(group) {
  const sum = { pss: 0, uss: 0 };
  for (const pid of members(group)) {
    let text = '';
    try {
      text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
    } catch {
      continue;           // it has just ended
    }
    const kib = (name) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(text)?.[1] ?? 0);
    sum.pss += kib('Pss') * 1024;
    sum.uss += (kib('Private_Clean') + kib('Private_Dirty')) * 1024;
  }
  return sum;
}
