// SPDX-License-Identifier: BSD-2-Clause
// kept.mjs - a copy of all tables beside them: what a request has changed, in which company, and everything as it was again.

import { spawn } from 'node:child_process';

/** The lines of a stream, which end at line feeds only: hashes in the rows may have any other byte. (The client escapes tabs and feeds in values.) */
async function* linesOf(stream) {
  let rest = '';
  for await (const text of stream.setEncoding('latin1')) {
    const lines = (rest + text).split('\n');
    rest = lines.pop();
    yield* lines;
  }
}

/** One client that stays connected, for thousands of small questions: gives ask(sql), rows as lists of texts, and end(). */
function connection({ socket, name }) {
  const client = spawn('mariadb', ['--no-defaults', `--socket=${socket}`, '--user=root', '--batch', '--unbuffered', '--skip-column-names', name]);
  let complaints = '';
  client.stderr.on('data', (text) => { complaints += text; });
  const lines = linesOf(client.stdout);
  const ask = async (sql) => {
    client.stdin.write(`${sql};\nSELECT '-- end';\n`);
    const rows = [];
    for (;;) {
      const { value, done } = await lines.next();
      if (done) throw new Error(`${complaints.trim()} in: ${sql.slice(0, 300)}`);
      if (value === '-- end') return rows;
      rows.push(value.split('\t'));
    }
  };
  return { ask, end: () => client.stdin.end() };
}

/**
 * Copies every table. Gives:
 *
 *	changed()                 the tables that are not as they were
 *	restore(tables, tenant)   makes them so again; gives those of them in which rows of that tenant (0: none) were not as they were
 *	difference(table)         [{ id, column, was, now }] of a table with ids; `was` is undefined for each column of a new row
 *	columns                   { table: [names] } that can be written
 *	end()                     goes away
 */
export async function keepTables(hark) {
  const columns = {};
  for (const { t, c, x } of await hark.sql(`SELECT c.TABLE_NAME AS t, c.COLUMN_NAME AS c, c.EXTRA AS x FROM information_schema.COLUMNS c
    JOIN information_schema.TABLES b USING (TABLE_SCHEMA, TABLE_NAME)
    WHERE TABLE_SCHEMA = DATABASE() AND b.TABLE_TYPE = 'BASE TABLE' ORDER BY 1, c.ORDINAL_POSITION`))
    if (!/GENERATED/i.test(x ?? '')) (columns[t] ??= []).push(c);
  const tables = Object.keys(columns);
  const list = (table) => columns[table].map((name) => `\`${name}\``).join(', ');
  await hark.sql(tables.map((table) => `CREATE TABLE \`kept_${table}\` AS SELECT ${list(table)} FROM \`${table}\`;`).join('\n'));
  const { ask, end } = connection(hark.database);
  const checksums = async () => (await ask(`CHECKSUM TABLE ${tables.map((table) => `\`${table}\``).join(', ')}`)).map(([, sum]) => sum);
  const first = await checksums();

  async function changed() {
    const now = await checksums();
    return tables.filter((_, i) => now[i] !== first[i]);
  }

  async function restore(these, tenant = 0) {
    if (these.length === 0) return [];
    const parts = these.filter((table) => columns[table].includes('tenant_id')).map((table) => {
      const [is, was] = [table, `kept_${table}`].map((name) => `SELECT ${list(table)} FROM \`${name}\` WHERE tenant_id = ${tenant}`);
      return `SELECT '${table}' AS name FROM (SELECT 1 AS x) one WHERE EXISTS ((${is}) EXCEPT (${was})) OR EXISTS ((${was}) EXCEPT (${is}))`;
    });
    const others = tenant && parts.length ? (await ask(parts.join(' UNION ALL '))).map(([table]) => table) : [];
    await ask(these.map((table) => `DELETE FROM \`${table}\`;\nINSERT INTO \`${table}\` (${list(table)}) SELECT ${list(table)} FROM \`kept_${table}\``).join(';\n'));
    return others;
  }

  async function difference(table) {
    const names = columns[table];
    const at = names.indexOf('id');
    const old = new Map((await ask(`SELECT ${list(table)} FROM \`kept_${table}\``)).map((row) => [row[at], row]));
    const rows = await ask(`SELECT ${list(table)} FROM \`${table}\``);
    return rows.flatMap((row) => names.map((column, i) => ({ id: row[at], column, was: old.get(row[at])?.[i], now: row[i] })))
      .filter(({ was, now }) => was !== now);
  }

  return { columns, changed, restore, difference, end };
}
