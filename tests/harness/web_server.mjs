// SPDX-License-Identifier: BSD-2-Clause
// web_server.mjs - nginx or Apache with the sample that Hark ships, its paths replaced by those of a test.
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const isRoot = process.getuid() === 0;
const PATH = `${process.env.PATH}:/usr/sbin:/usr/local/sbin`;

/** The shipped sample with other paths; throws when the sample no longer has what is replaced. */
function sample(source, file, replacements) {
  let text = readFileSync(join(source, file), 'utf8');
  for (const [from, to] of replacements) {
    if (!text.includes(from)) throw new Error(`${file} has no "${from}"`);
    text = text.replaceAll(from, to);
  }
  return text;
}

function paths(folder, source) {
  return [['/run/hark/', `${join(folder, 'run')}/`], ['/usr/share/hark/static/', `${join(source, 'static')}/`]];
}

function nginx({ folder, port, source }) {
  const site = sample(source, 'nginx/hark.conf', [
    ['listen 80;', `listen 127.0.0.1:${port};`], ['listen [::]:80;', ''], ['server_name desk.example.com;', 'server_name _;'],
    ...paths(folder, source), ['/var/lib/hark/', `${join(folder, 'data')}/`],
  ]);
  const scratch = join(folder, 'nginx');
  mkdirSync(scratch, { recursive: true });
  writeFileSync(join(scratch, 'site.conf'), site);
  writeFileSync(join(scratch, 'nginx.conf'), `
${isRoot ? 'user root;' : ''}
worker_processes 2;
pid ${scratch}/nginx.pid;
error_log stderr warn;
daemon off;
events { worker_connections 4096; }
http {
	include /etc/nginx/mime.types;
	default_type application/octet-stream;
	access_log off;
	client_body_temp_path ${scratch}/body;
	proxy_temp_path ${scratch}/proxy;
	fastcgi_temp_path ${scratch}/fastcgi;
	uwsgi_temp_path ${scratch}/uwsgi;
	scgi_temp_path ${scratch}/scgi;
	include ${scratch}/site.conf;
}
`);
  return { command: 'nginx', args: ['-p', scratch, '-c', join(scratch, 'nginx.conf'), '-e', 'stderr'], env: { PATH } };
}

const APACHE_MODULES = ['mpm_event', 'authz_core', 'mime', 'dir', 'alias', 'headers', 'proxy', 'proxy_fcgi', 'proxy_http', 'setenvif', 'deflate', 'filter'];

function apache({ folder, port, source }) {
  const site = sample(source, 'apache/hark.conf', [
    ['<VirtualHost *:80>', `<VirtualHost 127.0.0.1:${port}>`], ['ServerName desk.example.com', 'ServerName 127.0.0.1'],
    ['${APACHE_LOG_DIR}/hark-error.log', '/dev/stderr'], ...paths(folder, source),
  ]);
  const scratch = join(folder, 'apache');
  mkdirSync(scratch, { recursive: true });
  // The server's own user must get through to the sockets and the static files.
  if (isRoot) for (const each of [folder, join(folder, 'run')]) chmodSync(each, 0o755);
  writeFileSync(join(scratch, 'site.conf'), site);
  writeFileSync(join(scratch, 'apache.conf'), `
ServerRoot ${scratch}
ServerName 127.0.0.1
PidFile ${scratch}/apache.pid
Mutex file:${scratch} default
Listen 127.0.0.1:${port}
${APACHE_MODULES.map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`).join('\n')}
${isRoot ? 'User www-data\nGroup #0' : ''}
TypesConfig /etc/mime.types
ErrorLog /dev/stderr
LogLevel warn
StartServers 1
ThreadsPerChild 32
MaxRequestWorkers 128
Include ${scratch}/site.conf
`);
  return { command: 'apache2', args: ['-f', join(scratch, 'apache.conf'), '-DFOREGROUND'], env: { PATH, APACHE_LOG_DIR: scratch } };
}

/** { command, args, env } of a web server in the foreground. */
export function webServer(kind, where) {
  if (kind === 'nginx') return nginx(where);
  if (kind === 'apache') return apache(where);
  throw new Error(`no such web server: ${kind}`);
}
