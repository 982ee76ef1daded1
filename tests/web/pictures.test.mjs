// SPDX-License-Identifier: BSD-2-Clause
// pictures.test.mjs - foreign pictures: what is refused and why, clean previews of the pictures in chats, and a server without the tool.
import { after, before, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { Agent, company, Visitor } from '../harness/chat.mjs';
import { readForms, startHark, until } from '../harness/hark.mjs';
import { formWithFiles, png, webpSize } from '../harness/pictures.mjs';

let hark;
let firm;
let anna;

async function sendAvatar(client, name, bytes, changes = {}) {
  const page = await client.get('/admin/profile');
  const form = readForms(page.text).find((one) => one.action === '/admin/profile');
  const { body, headers } = await formWithFiles({ ...Object.fromEntries(form.values), ...changes, avatar: { name, bytes } });
  return client.request('POST', '/admin/profile', { body, headers });
}

const problemOf = (reply) => /id="p-avatar"[^>]*>([^<]*)</.exec(reply.text)?.[1];
const keptFiles = () => readdirSync(`${hark.folder}/data`, { recursive: true }).filter((name) => /[0-9a-f]{32}$/.test(name)).length;

/** A small JPEG head (ITU T.81) that claims a size, and nothing behind it. */
function jpegHead(width, height) {
  const frame = Buffer.from([0xff, 0xc0, 0, 17, 8, 0, 0, 0, 0, 3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1]);
  frame.writeUInt16BE(height, 5);
  frame.writeUInt16BE(width, 7);
  return Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0]), frame, Buffer.alloc(40)]);
}

before(async () => {
  hark = await startHark();
  firm = await company(hark, 'acme', { agents: { anna: { role: 'Administrators' } } });
  anna = await Agent.at(hark, firm, 'anna');
});
after(() => hark?.stop());

describe('what is no good picture', () => {
  const large = png(400, 400);
  const cases = {
    'a text that is called a picture': ['me.png', Buffer.from('<html><script>alert(1)</script></html>'), /one of these kinds: PNG, JPEG, GIF, WebP/],
    'an SVG that is called PNG': ['me.png', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)" width="9" height="9"/>'), /one of these kinds/],
    'a PDF': ['me.jpg', Buffer.from('%PDF-1.7\n%âãÏÓ'), /one of these kinds/],
    'an empty file': ['me.png', Buffer.alloc(0), /one of these kinds/],
    'a bomb: few bytes, 4 thousand megapixels': ['me.png', png(1, 1, { said: [65000, 65000] }), /at most 40 megapixels/],
    'the largest numbers that a header holds': ['me.png', png(1, 1, { said: [0x7fffffff, 0x7fffffff] }), /at most 40 megapixels/],
    'a JPEG that claims too much': ['me.jpg', jpegHead(65535, 65535), /at most 40 megapixels/],
    'a picture without its second half': ['me.png', large.subarray(0, large.length / 2), /damaged picture/],
    'a header that promises more than there is': ['me.png', png(8, 8, { said: [6000, 6000] }), /damaged picture/],
    'a JPEG head and nothing else': ['me.jpg', jpegHead(200, 200), /damaged picture/],
    'a GIF head with a script behind it': ['me.gif', Buffer.from('GIF89a\x10\0\x10\0=1;alert(document.domain);//', 'latin1'), /damaged picture/],
    'a WebP head with nothing behind it': ['me.webp', Buffer.concat([Buffer.from('RIFF\x40\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\x3f\0\0\x3f\0\0', 'latin1'), Buffer.alloc(30)]), /damaged picture/],
    'more than 5 MB': ['me.png', Buffer.concat([png(10, 10), Buffer.alloc(5 << 20)]), /at most 5 MB/],
  };
  for (const [what, [name, bytes, complaint]] of Object.entries(cases))
    test(`${what} is refused with a clear message, nothing is kept, what was typed stays`, async () => {
      const files = keptFiles();
      const reply = await sendAvatar(anna.client, name, bytes, { title: 'Typed before' });
      assert.equal(reply.status, 422, reply.text);
      assert.match(problemOf(reply), complaint);
      assert.match(problemOf(reply), /^Picture /);
      assert.match(reply.text, /value="Typed before"/);
      assert.equal((await hark.sql(`SELECT id, avatar FROM agent WHERE id = ${firm.agents.anna}`))[0].avatar, '');
      assert.equal(keptFiles(), files);
    });

  test('a file over the limit of all files is read to its end and refused beside its field', async () => {
    const reply = await sendAvatar(anna.client, 'me.png', Buffer.alloc(20.5 * 1048576), { title: 'Typed before' });
    assert.equal(reply.status, 422);
    assert.match(problemOf(reply), /at most 5 MB/);
    assert.match(reply.text, /value="Typed before"/);
  });

  test('a picture with a script behind its end is made anew without it', async () => {
    assert.equal((await sendAvatar(anna.client, 'me.png', Buffer.concat([png(300, 200), Buffer.from('<script>alert(1)</script><?php x ?>')]))).status, 303);
    const path = /<img src="(\/avatar\/[^"]*)"/.exec((await anna.client.get('/admin')).text)[1];
    const got = await anna.client.get(path);
    assert.deepEqual(webpSize(got.body), [256, 256]);
    assert.ok(!got.body.includes('script') && !got.body.includes('php'));
    assert.match(got.headers['content-security-policy'], /default-src 'none'; sandbox/);
  });
});

describe('previews', () => {
  let vera;
  before(async () => {
    vera = new Visitor(hark, firm.key);
    await vera.start();
    assert.equal((await anna.act(vera.chat, 'claim')).status, 200);
    await anna.load(vera.chat);
    anna.listen();
    vera.listen();
  });
  after(async () => {
    await anna?.stop();
    await vera?.stop();
  });
  const fileOf = async (id) => (await anna.messages(vera.chat)).find((message) => message.file?.id === id).file;
  const show = (id, query = '') => hark.client({ headers: { 'X-Hark-Visitor': vera.token } }).get(`/visit/${firm.key}/file/${id}?conversation=${vera.chat}${query}`);

  test('a picture in a chat is shown as a clean preview of at most 640 pixels, the original is only downloaded', async () => {
    const sent = await vera.upload('tent.png', png(1600, 800, { text: 'GPS 48.85' }));
    const { file } = sent.json().message;
    assert.equal(file.preview, null);
    const heard = await vera.heard((event) => event.type === 'picture' && event.file === file.id);
    assert.deepEqual([heard.width, heard.height], [640, 320]);
    await anna.heard((event) => event.type === 'picture' && event.file === file.id && event.c === vera.chat);
    assert.deepEqual((await fileOf(file.id)).preview, { width: 640, height: 320 });
    for (const reply of [await show(file.id, '&preview=1'), await anna.client.get(`/console/files/${file.id}?preview=1`)]) {
      assert.equal(reply.status, 200);
      assert.match(reply.headers['content-disposition'], /^inline/);
      assert.equal(reply.headers['content-type'], 'image/webp');
      assert.deepEqual(webpSize(reply.body), [640, 320]);
      assert.ok(!reply.body.includes('GPS'));
    }
    const original = await show(file.id);
    assert.match(original.headers['content-disposition'], /^attachment/);
    assert.ok(original.body.includes('GPS'));
    assert.match((await anna.client.get(`/admin/history/${vera.chat}`)).text, new RegExp(`<img src="/console/files/${file.id}\\?preview=1"`));
  });

  test('a small picture keeps its size', async () => {
    const { file } = (await anna.upload(vera.chat, 'dot.png', png(20, 10))).json().message;
    await vera.heard((event) => event.type === 'picture' && event.file === file.id);
    assert.deepEqual((await fileOf(file.id)).preview, { width: 20, height: 10 });
  });

  test('a damaged picture, a bomb and other files stay files: no preview, and the job is done', async () => {
    const whole = png(300, 300);
    const ids = [];
    for (const [name, bytes] of [['cut.png', whole.subarray(0, whole.length - 60)], ['bomb.png', png(1, 1, { said: [30000, 30000] })], ['notes.txt', Buffer.from('hello')]])
      ids.push((await vera.upload(name, bytes)).json().message.file.id);
    await until('the jobs', async () => (await hark.sql(`SELECT COUNT(*) AS n FROM job WHERE kind = 'file.preview'`))[0].n === '0');
    for (const id of ids) {
      assert.equal((await fileOf(id)).preview, null);
      assert.equal((await show(id, '&preview=1')).status, 404);
      assert.match((await show(id)).headers['content-disposition'], /^attachment/);
    }
    assert.ok(!(await anna.client.get(`/admin/history/${vera.chat}`)).text.includes(`<img src="/console/files/${ids[0]}`));
  });
});

describe('a server without the tool', () => {
  test('it refuses with a clear message, and the doctor says what to install', async () => {
    const bare = await startHark({ programs: ['hark-web'], conf: { image_tool: '/nowhere/vipsthumbnail' } });
    try {
      const other = await company(bare, 'acme', { agents: { anna: { role: 'Administrators' } } });
      const client = (await Agent.at(bare, other, 'anna', { status: null })).client;
      const reply = await sendAvatar(client, 'me.png', png(10, 10));
      assert.equal(reply.status, 422);
      assert.match(problemOf(reply), /no program for pictures/);
      const doctor = (await bare.hark(['doctor', '--json'])).json();
      assert.ok(JSON.stringify(doctor.findings).includes('libvips-tools'));
    } finally {
      await bare.stop();
    }
    assert.ok(!JSON.stringify((await hark.hark(['doctor', '--json'])).json().findings).includes('libvips-tools'));
  });
});
