// SPDX-License-Identifier: BSD-2-Clause
// host_paper.test.mjs - docs/api-host.md is followed line by line, as somebody would who has only the paper.
import { after, before, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { buildFolder, sourceFolder, startHark } from '../harness/hark.mjs';

const paper = readFileSync(join(sourceFolder(), 'docs/api-host.md'), 'utf8');
const lines = paper.split('\n');

/** The indented lines under a heading. */
function block(heading) {
  const from = lines.indexOf(heading) + 1;
  const next = lines.findIndex((line, at) => at > from && line.startsWith('## '));
  return lines.slice(from, next).filter((line) => line.startsWith('    ')).map((line) => line.trim());
}

let hark;
before(async () => {
  hark = await startHark({ programs: ['hark-web'] });
});
after(() => hark?.stop());

/** Runs a line of the paper in a shell in which `hark` is this installation's. */
async function shell(script, env = {}) {
  const text = `hark() { "$HARK" --config "$CONF" "$@"; }\n${script}`;
  return (await promisify(execFile)('sh', ['-c', text], { env: { ...process.env, ...env, HARK: join(buildFolder(), 'hark'), CONF: hark.confFile } })).stdout;
}

describe('U-36 the paper about the host\'s API', () => {
  test('its life of a company goes as it is written', async () => {
    const [create] = block('## Operators');
    await shell(`echo 'a long enough secret' | ${create}`);
    const [key] = block('## The API');
    const secret = (await shell(key)).trim();
    const [api, ...life] = block('## A whole life');
    const counted = api.replace('curl --silent', "curl --silent --write-out '\\n%{http_code}'");
    let id = 7;
    for (const line of life) {
      const said = await shell(`${counted}\n${line.replace('https://panel.example', hark.url).replace('/tenants/7', `/tenants/${id}`)}`, { KEY: secret });
      const status = said.slice(said.lastIndexOf('\n') + 1);
      assert.match(status, /^2/, `${line}\n${said}`);
      if (/\/tenants -d/.test(line)) id = JSON.parse(said.slice(0, said.lastIndexOf('\n'))).id;
    }
    assert.ok(life.length >= 10);
    assert.deepEqual(await hark.sql(`SELECT state FROM tenant WHERE id = ${id}`), [{ state: 'deleting' }]);
  });

  test('every help that it and the panel speak of is there', async () => {
    const templates = ['operators'].map((name) => readFileSync(join(sourceFolder(), `templates/host/${name}.cs`), 'utf8'));
    const asked = new Set([paper, ...templates].flatMap((text) => [...text.matchAll(/hark [a-z ]+--help/g)].map(([words]) => words)));
    assert.ok(asked.size >= 5);
    for (const words of [...asked, 'hark plan', 'hark tenant domain -h']) {
      const done = await hark.hark(words.split(' ').slice(1));
      assert.equal(done.code, /-h/.test(words) ? 0 : 2, words);
      assert.match(/-h/.test(words) ? done.stdout : done.stderr, /usage:/, words);
    }
    const domains = (await hark.hark(['tenant', 'domain', '--help'])).stdout;
    assert.match(domains, /hark tenant domain add/);
    assert.doesNotMatch(domains, /tenant suspend/);
    for (const wrong of [['domain', '--help'], ['tenant', 'domains', '--help'], ['tenant', 'nothing']]) {
      const done = await hark.hark(wrong);
      assert.equal(done.code, 2, wrong.join(' '));
      assert.match(done.stderr, /there is no command/);
    }
  });
});
