// SPDX-License-Identifier: BSD-2-Clause
// pss.mjs - pss_mb: all processes of Hark, idle after every worker has served pages of 100 tenants.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startHark } from '../../tests/harness/hark.mjs';
import { send } from '../stage/load.mjs';
import { line, memoryOf, members, pause, running } from '../stage/measure.mjs';
import { WORKERS } from '../stage/stage.mjs';

const TENANTS = 100;

async function warm(hark) {
  const now = Date.now();
  const widgets = await hark.sql('SELECT tenant_id, widget_key AS "key" FROM widget');
  await hark.sql(`
INSERT INTO agent (tenant_id, account, email, first_name, alias, created_at, updated_at) SELECT id, 'anna', 'anna@example.com', 'Anna', 'Anna', ${now}, ${now} FROM tenant;
INSERT INTO agent_role (tenant_id, agent_id, role_id) SELECT a.tenant_id, a.id, r.id FROM agent a JOIN role r ON r.tenant_id = a.tenant_id AND r.permissions = '*';
INSERT INTO session (token_hash, tenant_id, agent_id, created_at, seen_at, expires_at, address)
  SELECT UNHEX(SHA2(CONCAT('session-', tenant_id), 256)), tenant_id, id, ${now}, ${now}, ${now} + 86400000, '' FROM agent;`);
  const pages = ['/admin', '/admin/agents', '/admin/queues', '/admin/canned', '/admin/history', '/console/state'];
  const requests = widgets.flatMap(({ tenant_id: tenant, key }) => [
    ...pages.map((path) => `GET\t${path}\tCookie: hark=session-${tenant}\t`), `GET\t/widget/${key}.js\t\t`, `GET\t/panel/${key}\t\t`, 'GET\t/sign-in\t\t',
  ]);
  const file = join(hark.folder, 'warm.txt');
  writeFileSync(file, requests.join('\n') + '\n');
  await send(hark.port, file, { connections: 8, seconds: 3 });
}

export async function measure(_, { short }) {
  const hark = await startHark({ conf: { web_workers: WORKERS } });
  running.add(hark);
  try {
    for (let i = 1; i <= TENANTS; i += 1) {
      const made = await hark.hark(['tenant', 'create', '--code', `tenant-${i}`, '--name', `Tenant ${i}`]);
      if (made.code !== 0) throw new Error(made.stderr);
    }
    await warm(hark);
    await pause(short ? 1000 : 3000);
    const parts = Object.fromEntries(['hark-web', 'hark-chat', 'hark-jobs'].map((program) => [program, hark.pids(program)]));
    const sum = Object.values(parts).reduce((all, pid) => all + memoryOf(pid).pss, 0);
    line('pss_mb', sum / 2 ** 20, 'MiB');
    for (const [program, pid] of Object.entries(parts)) {
      line(`pss_mb_${program.slice(5)}`, memoryOf(pid).pss / 2 ** 20, 'MiB');
      line(`pss_processes_${program.slice(5)}`, members(pid).length, 'processes');
    }
    line('pss_tenants', TENANTS, 'tenants');
  } finally {
    running.delete(hark);
    await hark.stop();
  }
}
