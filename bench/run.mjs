// SPDX-License-Identifier: BSD-2-Clause
// run.mjs - chooses the benchmarks, prints their lines ("name value unit"), and says on standard error which promises are not kept.
import { build } from './stage/build.mjs';
import { printed, running } from './stage/measure.mjs';
import { openStage } from './stage/stage.mjs';

// In this order: what needs a quiet machine first, what leaves most behind last.
const BENCHMARKS = {
  page: { file: './kinds/page.mjs', says: 'a signed-in list page of 50 rows' },
  people: { file: './kinds/people.mjs', says: 'sign-in page, list of agents and the check who asks, with 1,000 companies' },
  tenants: { file: './kinds/tenants.mjs', says: 'a page and the memory of all processes, with 1,000 companies against one' },
  commit: { file: './kinds/commit.mjs', says: 'acknowledged messages a second' },
  delivery: { file: './kinds/delivery.mjs', says: 'from sending to the other side, with many parked polls' },
  memory: { file: './kinds/memory.mjs', says: 'bytes of a parked poll' },
  idle: { file: './kinds/idle.mjs', says: 'CPU of idle visitors' },
  storm: { file: './kinds/storm.mjs', says: 'all polls come back after hark-chat was killed' },
  pss: { file: './kinds/pss.mjs', says: 'memory of all processes, idle' },
};

// Names of lines may be asked for as well.
const MADE_BY = {
  page_ratio: 'page', sign_in_page_ratio: 'people', agents_list_ratio: 'people', identify_ms: 'people',
  tenants_ratio: 'tenants', tenants_pss_mb: 'tenants', commit_ratio: 'commit', delivery_p99_ratio: 'delivery', poll_bytes: 'memory', poll_bytes_all_ratio: 'memory',
  poll_cpu: 'idle', storm_seconds: 'storm', storm_errors: 'storm', pss_mb: 'pss',
};

const PROMISES = {
  page_ratio: ['>=', 0.6], sign_in_page_ratio: ['>=', 0.6], agents_list_ratio: ['>=', 0.6], identify_ms: ['<=', 0.3],
  identify_statements: ['<=', 1], identify_scanned: ['<=', 0], tenants_ratio: ['<=', 1.2], tenants_pss_mb: ['<=', 8], commit_ratio: ['>=', 0.7], delivery_p99_ratio: ['<=', 1.5], poll_bytes: ['<=', 1024],
  poll_bytes_all_ratio: ['<=', 1], pss_mb: ['<=', 24], storm_seconds: ['<=', 30], storm_errors: ['<=', 0],
};

function usage(code) {
  const text = `usage: bench/run NAME...|all [--short] [--rounds N] [--no-build]\n\n${Object.entries(BENCHMARKS)
    .map(([name, { says }]) => `  ${name.padEnd(10)}${says}`).join('\n')}

  --short      smaller numbers and three rounds, to see that everything runs
  --rounds N   rounds of each pair, of which the median counts (5)
  --no-build   takes the programs as they are in build/bench
`;
  (code ? console.error : console.log)(text);
  process.exit(code);
}

const names = [];
const options = { short: false, rounds: 0, build: true };
const words = process.argv.slice(2);
while (words.length) {
  const word = words.shift();
  if (word === '--short') options.short = true;
  else if (word === '--no-build') options.build = false;
  else if (word === '--rounds') options.rounds = Number(words.shift());
  else if (word === '--help') usage(0);
  else if (word === 'all') names.push(...Object.keys(BENCHMARKS));
  else if (BENCHMARKS[MADE_BY[word] ?? word]) names.push(MADE_BY[word] ?? word);
  else usage(2);
}
if (!names.length || !(options.rounds >= 0)) usage(2);
options.rounds ||= options.short ? 3 : 5;

try {
  await build(options.build);
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
let opening;
let failed = 0;
const give = () => (opening ??= openStage().then((stage) => {
  running.add(stage);
  return stage;
}));
const stopAll = async () => {
  for (const one of running)
    await one.stop().catch((error) => {
      failed += 1;
      console.error(`# ${error.message}`);
    });
};
for (const signal of ['SIGINT', 'SIGTERM'])
  process.on(signal, async () => {
    await opening?.catch(() => {});
    await stopAll();
    process.exit(130);
  });
for (const name of Object.keys(BENCHMARKS).filter((one) => names.includes(one))) {
  console.error(`# ${name}: ${BENCHMARKS[name].says}`);
  try {
    const { measure } = await import(BENCHMARKS[name].file);
    await measure(give, options);
  } catch (error) {
    failed += 1;
    console.error(`# ${name} failed: ${error.stack}`);
  }
}
await stopAll();
for (const [name, [sign, bound]] of Object.entries(PROMISES)) {
  const value = printed.get(name);
  if (value !== undefined && !(sign === '<=' ? value <= bound : value >= bound)) console.error(`# not kept: ${name} is ${value}, promised ${sign} ${bound}`);
}
process.exit(failed ? 1 : 0);
