// SPDX-License-Identifier: BSD-2-Clause
// stage.mjs - a Hark with a durable database, the floors beside it on the same database, and one nginx before them all.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startHark } from '../../tests/harness/hark.mjs';
import { freePort, run, startProcess, until } from '../../tests/harness/process.mjs';
import { request } from '../../tests/harness/http.mjs';
import { webServer } from '../../tests/harness/web_server.mjs';
import { program, source } from './build.mjs';
import { show } from './load.mjs';
import { seed } from './seed.mjs';

export const WORKERS = 4;
const CONNECTIONS = 16384;      // of each of nginx's workers: two for each poll, and room for an uneven spread

const NCHAN_MODULE = '/usr/lib/nginx/modules/ngx_nchan_module.so';
const NCHAN = `location = /nchan/sub {
		nchan_subscriber longpoll;
		nchan_channel_id $arg_channel;
		nchan_subscriber_first_message newest;
	}

	location = /nchan/pub {
		nchan_publisher;
		nchan_channel_id $arg_channel;
		nchan_message_buffer_length 1;
	}`;

function replaced(text, from, to) {
  const changed = text.replaceAll(from, to);
  if (changed === text && !text.includes(to)) throw new Error(`the sample of nginx has no ${from}`);
  return changed;
}

/** The settings of the sample that make a waiting request small; without them nginx has its own. */
const SMALL = /\t(client_header_buffer_size|large_client_header_buffers|connection_pool_size|request_pool_size) [^;]+;\n/g;

/** The shipped virtual host again and again: before Hark, before the floors of pages and messages, and twice with nchan. */
function writeSites(hark, ports) {
  const { command, args, env } = webServer('nginx', { folder: hark.folder, port: hark.port, source });
  const scratch = join(hark.folder, 'nginx');
  const site = readFileSync(join(scratch, 'site.conf'), 'utf8');
  const sockets = join(hark.folder, 'run');
  const on = (text, port) => replaced(text, `listen 127.0.0.1:${hark.port};`, `listen 127.0.0.1:${port} reuseport backlog=4096;`);
  const nchan = replaced(site, /location \/live\/ \{[\s\S]*?\n\t\}/g, NCHAN);
  writeFileSync(join(scratch, 'site.conf'), [
    on(site, hark.port),
    on(replaced(site, `${sockets}/web.sock`, `${sockets}/page.sock`), ports.page),
    on(replaced(replaced(site, `${sockets}/web.sock`, `${sockets}/commit.sock`), `${sockets}/chat.sock`, `${sockets}/relay.sock`), ports.commit),
    on(nchan, ports.nchan),
    on(replaced(nchan, SMALL, ''), ports.nchan_plain),
  ].join('\n'));
  const main = replaced(readFileSync(join(scratch, 'nginx.conf'), 'utf8'), /worker_connections \d+;/g, `worker_connections ${CONNECTIONS};`);
  writeFileSync(join(scratch, 'nginx.conf'), `load_module ${NCHAN_MODULE};\n${main}`);
  return { command, args, env };
}

/** The menu that Hark shows, for the floor's pages: a line for each entry, as page.h says. Gives the file. */
async function writeMenu({ hark, ports, seeds }) {
  const page = await show(ports.hark, seeds.files.page);
  const [menu] = /<nav class="menu side"[\s\S]*?<\/nav>/.exec(page);
  const lines = [];
  let group = ['0', ''];
  for (const [, folds, title, path, label] of menu.matchAll(/(<details class="group")|<h2>([^<]*)<\/h2>|<a href="([^"]*)"[^>]*>([^<]*?) ?</g)) {
    if (folds) group = ['1', ''];
    else if (title !== undefined) group = [group[1] === '' ? group[0] : '0', title];
    else lines.push([...group, path, label].join('\t'));
  }
  const file = join(hark.folder, 'menu.txt');
  writeFileSync(file, `${lines.join('\n')}\n`);
  return file;
}

export async function openStage() {
  if (!existsSync(NCHAN_MODULE)) throw new Error(`${NCHAN_MODULE} is missing: apt-get install libnginx-mod-nchan`);
  const hark = await startHark({
    server: 'none', database: 'own', programs: ['hark-chat', 'hark-web'], conf: { web_workers: WORKERS, message_rate: 1000000 },
  });
  const ports = { page: await freePort(), commit: await freePort(), nchan: await freePort(), nchan_plain: await freePort() };
  const { socket, name } = hark.database;
  const at = (file) => join(hark.folder, 'run', file);
  const floors = new Map();
  const stage = { hark, ports: { hark: hark.port, ...ports }, groups: {} };

  const start = (what, command, args, env) => {
    const started = startProcess({ command, args, env, log: join(hark.folder, 'log', `${what}.log`) });
    floors.set(what, started);
    stage.groups[what] = started.pid;
    return started;
  };
  const restart = async (what, command, args, env) => {
    await floors.get(what)?.stop(5);
    return start(what, command, args, env);
  };
  stage.restartRelay = () => restart('relay', program('relay_floor'), [at('relay.sock'), at('relay_bell.sock')]);
  stage.restartNginx = async () => {
    await restart('nginx', nginx.command, nginx.args, nginx.env);
    await until('nginx', async () => (await request(`${hark.url}/static/`, { seconds: 5 })).status > 0);
  };
  stage.restartChat = async () => {
    await hark.restart('hark-chat');
    await stage.chatAnswers();
  };
  stage.chatAnswers = async () => {
    await until('hark-chat', async () => (await request(`${hark.url}/live/poll?ticket=x`, { seconds: 5 })).status === 403);
    stage.groups.chat = hark.pids('hark-chat');
  };
  stage.raw = async (connections, seconds) => {
    const done = await run(program('commit_floor'), [
      '--raw', connections, seconds, socket, name, stage.seeds.first, stage.seeds.count, stage.seeds.tenant,
    ].map(String), { seconds: seconds + 30 });
    if (done.code !== 0) throw new Error(`commit_floor --raw: ${done.stderr}`);
    return JSON.parse(done.stdout);
  };
  stage.stop = async () => {
    for (const one of [...floors.values()].reverse()) await one.stop(5);
    await hark.stop();
  };

  const nginx = writeSites(hark, ports);
  try {
    stage.seeds = await seed(hark);
    start('commit', program('commit_floor'), [at('commit.sock'), WORKERS, socket, name, at('relay_bell.sock')].map(String));
    stage.restartRelay();
    await stage.restartNginx();
    await stage.chatAnswers();
    await until('hark-web', async () => (await request(`${hark.url}/sign-in`, { seconds: 5 })).status === 200);
    start('page', program('page_floor'), [at('page.sock'), WORKERS, socket, name, join(source, 'templates'), await writeMenu(stage)].map(String));
    Object.assign(stage.groups, { web: hark.pids('hark-web'), database: hark.database.server.process.pid });
  } catch (error) {
    await stage.stop().catch(() => {});
    throw error;
  }
  return stage;
}
