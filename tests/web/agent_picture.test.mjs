// SPDX-License-Identifier: BSD-2-Clause
// agent_picture.test.mjs - the picture of an agent, set and removed by an administrator: on a page and by the API.
import { after, before, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { Agent, company } from '../harness/chat.mjs';
import { readForms, startHark, until } from '../harness/hark.mjs';
import { formWithFiles, png, webpSize } from '../harness/pictures.mjs';

let hark;
let firm;
let boss;
let key;

const keptFiles = () => readdirSync(`${hark.folder}/data`, { recursive: true }).filter((name) => /[0-9a-f]{32}$/.test(name)).length;
const keyOf = async (account) => (await hark.hark(['key', 'create', '--tenant', 'acme', '--account', account, '--name', 'k', '--json'])).json().key;
const api = (own) => hark.client({ headers: { 'X-Api-Key': own } });
const path = () => `/admin/agents/${firm.agents.anna}/picture`;
const apiPath = () => `/api/v1/agents/${firm.agents.anna}/picture`;

async function send(client, files) {
  const page = await client.get(path());
  const form = readForms(page.text).find((one) => one.action === path());
  const { body, headers } = await formWithFiles({ ...Object.fromEntries(form.values), ...files });
  return client.request('POST', path(), { body, headers });
}

before(async () => {
  hark = await startHark();
  firm = await company(hark, 'acme', { agents: { boss: { role: 'Administrators' }, anna: {}, lead: {} } });
  boss = (await Agent.at(hark, firm, 'boss', { status: null })).client;
  key = await keyOf('boss');
});
after(() => hark?.stop());

describe('the picture of an agent by an administrator', () => {
  test('M-USER-04 A-PROF-02 is set, replaced and removed on the agent\'s page, and the old file goes', async () => {
    const files = keptFiles();
    assert.match((await boss.get(`/admin/agents/${firm.agents.anna}`)).text, new RegExp(`href="${path()}"`));
    assert.equal((await send(boss, { avatar: { name: 'a.png', bytes: png(300, 200) } })).status, 303);
    const shown = /<img class="avatar" src="([^"]*)"/.exec((await boss.get(path())).text)[1];
    assert.deepEqual(webpSize((await boss.get(shown)).body), [256, 256]);
    assert.equal((await send(boss, { avatar: { name: 'b.png', bytes: png(50, 70) } })).status, 303);
    await until('the old file to go', () => keptFiles() === files + 1);
    const bad = await send(boss, { avatar: { name: 'a.png', bytes: Buffer.from('<svg/>') } });
    assert.equal(bad.status, 422);
    assert.match(bad.text, /id="p-avatar"[^>]*>[^<]*one of these kinds/);
    assert.equal((await send(boss, { no_avatar: '1' })).status, 303);
    await until('the file to go', () => keptFiles() === files);
    assert.deepEqual((await hark.sql("SELECT action, actor_name FROM audit WHERE action LIKE 'agent.picture%' ORDER BY id")).map((row) => row.action),
      ['agent.picture', 'agent.picture', 'agent.picture_removed']);
  });

  test('M-USER-04 is set and removed by the API', async () => {
    const { body, headers } = await formWithFiles({ avatar: { name: 'a.png', bytes: png(30, 20) } });
    const reply = await api(key).request('POST', apiPath(), { body, headers });
    assert.equal(reply.status, 200, reply.text);
    const { avatar } = reply.json();
    assert.match(avatar, new RegExp(`^/avatar/${firm.agents.anna}\\?v=`));
    assert.equal((await api(key).get(avatar)).headers['content-type'], 'image/webp');
    assert.equal((await api(key).get(apiPath())).json().avatar, avatar);
    const bad = await formWithFiles({ avatar: { name: 'a.png', bytes: Buffer.from('x') } });
    const refused = await api(key).request('POST', apiPath(), bad);
    assert.equal(refused.status, 422);
    assert.match(refused.json().fields.avatar.message, /one of these kinds/);
    assert.equal((await api(key).json('POST', apiPath(), {})).status, 422);
    // A name of a stored file is no picture: only bytes are.
    const [{ avatar: stored }] = await hark.sql(`SELECT avatar FROM agent WHERE id = ${firm.agents.anna}`);
    const typed = await formWithFiles({ avatar: stored });
    assert.equal((await api(key).request('POST', `/api/v1/agents/${firm.agents.lead}/picture`, typed)).status, 422);
    assert.equal((await api(key).json('DELETE', apiPath())).status, 204);
    assert.equal((await api(key).json('DELETE', apiPath())).status, 204);
    assert.equal((await api(key).get(apiPath())).json().avatar, null);
  });

  test('A-ROLE-04 nobody changes the picture of somebody with more rights, nor of another company', async () => {
    const role = await api(key).json('POST', '/api/v1/roles', { name: 'Staff', permissions: ['people.manage', 'api.use', 'chat.work'], agents: [Number(firm.agents.lead)] });
    assert.equal(role.status, 201, role.text);
    const lead = await keyOf('lead');
    const { body, headers } = await formWithFiles({ avatar: { name: 'a.png', bytes: png(30, 20) } });
    assert.equal((await api(lead).request('POST', `/api/v1/agents/${firm.agents.boss}/picture`, { body, headers })).status, 403);
    assert.equal((await api(lead).json('DELETE', `/api/v1/agents/${firm.agents.boss}/picture`)).status, 403);
    const other = await company(hark, 'beta', { agents: { zoe: { role: 'Administrators' } } });
    assert.equal((await api(key).request('POST', `/api/v1/agents/${other.agents.zoe}/picture`, { body, headers })).status, 404);
  });
});
