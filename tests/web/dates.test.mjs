// SPDX-License-Identifier: BSD-2-Clause
// dates.test.mjs - days and times on pages are written in the reader's way and zone; what programs and inputs read back stays as it is.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Agent, company } from '../harness/chat.mjs';
import { startHark } from '../harness/hark.mjs';

const NIGHT = Date.UTC(2026, 9, 25, 0, 59, 9);      // the clocks of Paris are put back a second less than a minute later
const LATER = Date.UTC(2026, 9, 25, 1, 59, 9);
let hark;
let firm;
let boss;
let calendar;

const page = async (path) => {
  const { status, text } = await boss.client.get(path);
  assert.equal(status, 200, path);
  return text;
};
const speak = (locale) => hark.sql(`UPDATE agent SET locale = '${locale}', time_zone = 'Europe/Paris' WHERE tenant_id = ${firm.id} AND id = ${firm.agents.boss}`);
/** The moment as an element: what programs and what people read. */
const time = (at, text) => `<time datetime="${typeof at === 'string' ? at : new Date(at).toISOString().replace('.000', '')}">${text}</time>`;

before(async () => {
  hark = await startHark();
  firm = await company(hark, 'acme', { agents: { boss: { role: 'Administrators' } } });
  boss = await Agent.at(hark, firm, 'boss');
  calendar = Number((await hark.sql(`SELECT MIN(id) AS id FROM calendar WHERE tenant_id = ${firm.id}`))[0].id);
  await hark.sql(`INSERT INTO conversation (tenant_id, id, kind, channel, state, visitor_name, created_at, closed_at) VALUES (${firm.id}, 1, 'chat', 'web', 'closed', 'Vera', ${NIGHT}, ${LATER})`);
  await hark.sql(`INSERT INTO message (tenant_id, conversation_id, seq, kind, author_kind, body, created_at) VALUES (${firm.id}, 1, 1, 'text', 'visitor', 'Bonsoir', ${NIGHT})`);
  await hark.sql(`INSERT INTO audit (tenant_id, at, actor_kind, actor_name, action, noun, noun_name, difference) VALUES
    (${firm.id}, ${LATER}, 'system', 'hark-jobs', 'conversation.erase', 'conversation', '2026-10-24', '{"conversations":["7","0"]}'),
    (${firm.id}, ${NIGHT}, 'agent', 'Boss', 'holiday.update', 'holiday', '2026-01-01', '{"first_day":["2026-12-24","2026-12-25"]}'),
    (${firm.id}, ${NIGHT}, 'agent', 'Boss', 'support_access.grant', 'support_access', '', '{"until":["","${new Date(NIGHT).toISOString()}"]}')`);
  await hark.sql(`INSERT INTO status_log (tenant_id, agent_id, status, away_name, reason, detail, actor_id, actor_name, at, ended_at) VALUES (${firm.id}, ${firm.agents.boss}, 'away', '', 'agent', 0, 0, '', ${NIGHT}, ${LATER})`);
  await hark.sql(`INSERT INTO holiday (tenant_id, calendar_id, name, first_day, last_day, kind, periods, yearly, created_at, updated_at) VALUES
    (${firm.id}, ${calendar}, 'Feast', '2026-12-24', '2026-12-26', 'closed', '', 1, ${NIGHT}, ${NIGHT}), (${firm.id}, ${calendar}, 'Works', '2027-02-03', '2027-02-03', 'closed', '', 0, ${NIGHT}, ${NIGHT})`);
  await hark.sql(`UPDATE session SET created_at = ${NIGHT} WHERE tenant_id = ${firm.id}`);
});
after(() => hark?.stop());

describe('days and times', () => {
  const said = {
    en: { night: '25 Oct 2026, 02:59', nightExact: '25 Oct 2026, 02:59:09', later: '25 Oct 2026, 02:59', laterExact: '25 Oct 2026, 02:59:09', day: '25 Oct 2026',
      erased: '24 Oct 2026', before: '24 Dec 2026', after: '25 Dec 2026', yearly: ['24 Dec', '26 Dec'], once: '3 Feb 2027' },
    fr: { night: '25/10/2026 02:59', nightExact: '25/10/2026 02:59:09', later: '25/10/2026 02:59', laterExact: '25/10/2026 02:59:09', day: '25/10/2026',
      erased: '24/10/2026', before: '24/12/2026', after: '25/12/2026', yearly: ['24/12', '26/12'], once: '03/02/2027' },
  };
  const has = (text, ...parts) => parts.forEach((part) => assert.ok(text.includes(part), `${part} in ${text.replace(/[^]*<main/, '<main')}`));

  for (const [locale, words] of Object.entries(said))
    test(`are written in the reader’s way and zone: ${locale}`, async () => {
      await speak(locale);
      has(await page('/admin/history'), time(NIGHT, words.night));
      has(await page('/admin/history/1'), time(NIGHT, words.night), time(LATER, words.later), time('2026-10-25', words.day), time(NIGHT, '02:59:09'));
      const audit = await page('/admin/audit');
      has(audit, time(LATER, words.laterExact), time(NIGHT, words.nightExact), `<bdi>${words.erased}</bdi>`, '<bdi>2026-01-01</bdi>',
        `<del dir="auto">${time('2026-12-24', words.before)}</del>`, `<ins dir="auto">${time('2026-12-25', words.after)}</ins>`,
        `<ins dir="auto">${time(new Date(NIGHT).toISOString(), words.night)}</ins>`);
      has(await page('/admin/status-log'), time(NIGHT, words.nightExact));
      has(await page('/admin/sessions'), time(NIGHT, words.night));
      has(await page('/admin/holidays'), time('2027-02-03', words.once), time('2026-12-24', words.before));
      has(await page(`/admin/calendars/${calendar}`), `${time('12-24', words.yearly[0])} – ${time('12-26', words.yearly[1])}`, time('2027-02-03', words.once));
    });

  test('what is read back stays as it is: inputs of days, CSV, JSON', async () => {
    await speak('fr');
    const [{ id }] = await hark.sql(`SELECT id FROM holiday WHERE tenant_id = ${firm.id} AND name = 'Works'`);
    const form = await page(`/admin/holidays/${id}`);
    assert.match(form, /type="date" value="2027-02-03"/);
    has(form, time(NIGHT, said.fr.night));
    assert.match(await page('/admin/holidays.csv'), /2027-02-03/);
    assert.match(await page('/admin/audit.csv'), /2026-10-25T00:59:09Z/);
    assert.match(await page('/admin/status-log.csv'), /2026-10-25T00:59:09Z/);
    assert.match(await page('/admin/history?from=2026-10-25&to=2026-10-25'), /name="from" value="2026-10-25"/);
    assert.equal((await boss.client.json('GET', `/api/v1/holidays/${id}`)).json().first_day, '2027-02-03');
  });
});
