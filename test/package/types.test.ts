import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anEmptyFolder, ROOT } from './support/install.js';

const TSC = join(ROOT, 'node_modules/typescript/bin/tsc');
const folder = anEmptyFolder();

const RIGHT = `
import { createTillside, TillsideError, type Slate, type TillsideOptions, version } from 'tillside';
import 'tillside/element';

const options: TillsideOptions = { bundle: '/models/manifest.json' };
const tillside = createTillside(options);
tillside.track({ type: 'add_to_cart', itemId: 'MUG-1' });
export const slate: Promise<Slate> = tillside.recommend({ size: 4 });
const element = document.querySelector('tillside-suggestions');
if (element) element.tillside = tillside;
export const words: readonly string[] = [version, new TillsideError('consent-required', 'Ask first.').code];
`;
const WRONG = `
import { createTillside } from 'tillside';

createTillside({ bundel: '/models/manifest.json' });
`;

beforeAll(async () => {
  await folder.install();
  mkdirSync(join(folder.path, 'src'));
  writeFileSync(join(folder.path, 'src/right.ts'), RIGHT);
  writeFileSync(join(folder.path, 'src/wrong.ts'), WRONG);
});
afterAll(folder.remove);

describe.each([
  ['bundler', ['--module', 'esnext', '--moduleResolution', 'bundler']],
  ['node16', ['--module', 'node16', '--moduleResolution', 'node16']],
])('types under moduleResolution %s, with the declarations checked too', (_name, resolution) => {
  const flags = [
    TSC,
    '--noEmit',
    '--strict',
    '--skipLibCheck',
    'false',
    '--target',
    'es2022',
    '--lib',
    'es2022,dom,dom.iterable',
  ];
  const check = (file: string) => folder.run(process.execPath, [...flags, ...resolution, file]);

  it('describe the entry and the element', async () => {
    expect(await check('src/right.ts')).toMatchObject({ stdout: '', code: 0 });
  });

  it('refuse an option that does not exist', async () => {
    const { code, stdout } = await check('src/wrong.ts');
    expect(code).not.toBe(0);
    expect(stdout).toContain("'bundel' does not exist in type 'TillsideOptions'");
  });
});
