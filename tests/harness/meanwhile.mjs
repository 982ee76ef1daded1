// SPDX-License-Identifier: BSD-2-Clause
// meanwhile.mjs - somebody else holds a row while something wants it.
import { connect } from './database.mjs';
import { until } from './process.mjs';

/**
 * Somebody else runs `change`, and commits only when what `act` does waits for the rows of it, or has ended without. Gives what `act` gives.
 *
 *	waits    the beginning of the statement that waits, as a regular expression
 *	many     so many of them do (default 1)
 */
export async function whileLocked(hark, change, { waits, many = 1 }, act) {
  const other = connect(hark.database);
  let ended = false;
  try {
    await other.ask('BEGIN');
    await other.ask(change);
    const acting = Promise.resolve(act()).finally(() => { ended = true; });
    await until(`${many} wait for the row`, async () => ended || Number((await hark.sql(`SELECT COUNT(*) AS n FROM information_schema.PROCESSLIST
      WHERE DB = DATABASE() AND ID <> CONNECTION_ID() AND INFO REGEXP '^(${waits})'`))[0].n) >= many, 60);
    await other.ask('COMMIT');
    return await acting;
  } finally {
    other.end();
  }
}
