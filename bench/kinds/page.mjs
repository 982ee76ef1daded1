// SPDX-License-Identifier: BSD-2-Clause
// page.mjs - page_ratio: /admin/canned with 50 rows, signed in, against a bare program that makes the same page.
import { comparePages } from '../stage/pages.mjs';

export async function measure(openStage, { short, rounds }) {
  const stage = await openStage();
  await comparePages(stage, 'page', stage.seeds.files.page, { seconds: short ? 1 : 3, rounds });
}
