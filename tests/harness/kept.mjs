// SPDX-License-Identifier: BSD-2-Clause
// kept.mjs - a copy of all tables beside them: what a request has changed, in which company, and everything as it was again.

import { connect } from './database.mjs';

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
  const { ask, end } = connect(hark.database);
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
