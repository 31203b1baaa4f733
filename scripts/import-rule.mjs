// Holds the import rule over src/, then proves that it bites: one violation of each rule, planted in an empty tree, is caught.
import { cruise } from 'dependency-cruiser';
import extractTypescriptConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const ruleSet = createRequire(import.meta.url)('../.dependency-cruiser.cjs');

/** Rule → files that break it, and no other rule where that can be. @type {Record<string, Record<string, string>>} */
const PLANTED = {
  'core-knows-no-room': { 'src/core/rank/a.ts': "import type { Of } from '../../page/widget/of.js';\nexport type A = Of;" },
  'rooms-apart': { 'src/page/capture/b.ts': "export const b = () => import('../../worker/of.js');" },
  'entries-are-of-the-page': { 'src/element.ts': "export { of } from './worker/of.js';" },
  'entries-are-imported-by-none': { 'src/page/widget/c.ts': "export { auto } from '../../auto.js';" },
  'core-errors-first': { 'src/core/errors.ts': "export { of } from './domain/of.js';" },
  'core-domain-order': { 'src/core/domain/d.ts': "export { of } from '../features/of.js';" },
  'core-features-order': { 'src/core/features/e.ts': "export { of } from '../model/of.js';" },
  'core-model-order': { 'src/core/model/f.ts': "export { of } from '../rank/of.js';" },
  'core-rank-order': { 'src/core/rank/g.ts': "export { of } from '../model/of.js';" },
  'offers-are-loaded': { 'src/core/engine/v.ts': "export { of } from '../offers/of.js';" },
  'home-of-comlink': { 'src/page/widget/h.ts': "import { wrap } from 'comlink';\nexport const h = wrap;" },
  'home-of-idb': { 'src/worker/i.ts': "import { openDB } from 'idb';\nexport const i = openDB;" },
  'home-of-tfjs': { 'src/worker/j.ts': "import type { Tensor } from '@tensorflow/tfjs-core';\nexport type J = Tensor;" },
  'home-of-duckdb': { 'src/core/model/k.ts': "export const k = () => import('@duckdb/node-api');" },
  'home-of-playwright': { 'src/train/v.ts': "export const v = () => import('playwright');" },
  'home-of-react': { 'src/page/bind/s.ts': "import { useRef } from 'react';\nexport const s = useRef;" },
  'home-of-vue': { 'src/page/react/t.ts': "import { ref } from 'vue';\nexport const t = ref;" },
  'frameworks-at-the-edge': { 'src/page/widget/u.ts': "export { of } from '../vue/of.js';" },
  'home-of-zod': { 'src/worker/l.ts': "import * as z from 'zod/mini';\nexport const l = z.string();" },
  'no-schema-in-the-browser': { 'src/core/model/r.ts': "export { string } from './manifest.schema.js';" },
  'home-of-node': { 'src/core/engine/m.ts': "import { readFile } from 'node:fs/promises';\nexport const m = readFile;" },
  'no-other-package': { 'src/train/n.ts': "import { defineConfig } from 'vite';\nexport const n = defineConfig;" },
  'no-cycle': {
    'src/page/measure/o.ts': "import { p } from './p.js';\nexport const o = () => p;",
    'src/page/measure/p.ts': "import { o } from './o.js';\nexport const p = () => o;",
  },
  'no-unresolved': { 'src/page/measure/q.ts': "export { gone } from './gone.js';" },
};

/** What the planted files import, and one lawful import of every package: these may not be reported. */
const LAWFUL = {
  ...Object.fromEntries(
    ['core/domain', 'core/features', 'core/model', 'core/rank', 'core/offers', 'worker', 'page/vue'].map((folder) => [
      `src/${folder}/of.ts`,
      'export const of = 1;',
    ]),
  ),
  'src/page/widget/of.ts': 'export type Of = 1;',
  'src/auto.ts': "import type { Of } from './page/widget/of.js';\nexport const auto: Of = 1;",
  'src/page/connect/rpc.ts': "export { wrap } from 'comlink';\nexport { of } from '../../core/domain/of.js';",
  'src/page/react/hook.ts': "export { useRef } from 'react';",
  'src/vue.ts': "export { ref } from 'vue';\nexport { of } from './page/vue/of.js';",
  'src/worker/store/open.ts': "export { openDB } from 'idb';",
  'src/core/model/runtime.ts': "export { ready } from '@tensorflow/tfjs-core';\nexport { of } from '../features/of.js';",
  'src/page/capture/typed.ts':
    "import type { string } from '../../core/model/manifest.schema.js';\nexport type S = typeof string;",
  'src/core/model/manifest.schema.ts': "export { string } from 'zod/mini';",
  'src/train/doctor/open.ts': "export const open = () => import('playwright');",
  'src/train/input.ts':
    "import { sep } from 'node:path';\nexport { DuckDBInstance } from '@duckdb/node-api';\nexport const slash = sep;",
};

/** @param {string} baseDir @returns {Promise<{ modules: number, violations: { rule: string, from: string, to: string }[] }>} */
async function violationsIn(baseDir) {
  const compiler = { tsConfig: extractTypescriptConfig(join(baseDir, 'tsconfig.base.json')) };
  const options = { ...ruleSet.options, baseDir, validate: true, ruleSet: { forbidden: ruleSet.forbidden } };
  const { output } = await cruise(['src'], options, ruleSet.options.enhancedResolveOptions, compiler);
  if (typeof output === 'string') throw new Error('dependency-cruiser answered with text where a result was asked for.');
  const violations = output.summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to }));
  return { modules: output.summary.totalCruised, violations };
}

function plant() {
  const folder = mkdtempSync(join(tmpdir(), 'tillside-import-rule-'));
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'), 'junction');
  cpSync('tsconfig.base.json', join(folder, 'tsconfig.base.json'));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  for (const [file, text] of [LAWFUL, ...Object.values(PLANTED)].flatMap((files) => Object.entries(files))) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), `${text}\n`);
  }
  return folder;
}

/** Everything wrong with the rule itself, as sentences. @returns {Promise<string[]>} */
async function toothless() {
  const folder = plant();
  try {
    const { violations } = await violationsIn(folder);
    const caught = (/** @type {string} */ rule) =>
      violations.some((violation) => violation.rule === rule && violation.from in (PLANTED[rule] ?? {}));
    const rules = ruleSet.forbidden.map((/** @type {{ name: string }} */ rule) => rule.name);
    const wrongly = violations.filter(({ from }) => from in LAWFUL);
    return [
      ...rules
        .filter((/** @type {string} */ rule) => !caught(rule))
        .map((/** @type {string} */ rule) => `${rule}: its planted violation was not caught`),
      ...wrongly.map(({ rule, from, to }) => `${rule}: reports the lawful ${from} → ${to}`),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const { modules, violations } = await violationsIn(resolve('.'));
for (const { rule, from, to } of violations) console.error(`${rule}: ${from} → ${to}`);
const problems = await toothless();
for (const problem of problems) console.error(`self-test: ${problem}`);
console.log(
  `${modules} modules, ${violations.length} violations; ${ruleSet.forbidden.length} rules, ${problems.length} toothless.`,
);
process.exit(modules > 0 && violations.length + problems.length === 0 ? 0 : 1);
