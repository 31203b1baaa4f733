import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anEmptyFolder, pinned, ROOT } from './support/install.js';

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
const FRAMEWORKS = `
import { createElement } from 'react';
import { TillsideSuggestions, useSuggestions, useTillside } from 'tillside/react';
import { aSlateOf, createFakeTillside } from 'tillside/testing';
import * as forVue from 'tillside/vue';
import { createApp, h } from 'vue';

export function Cart() {
  const { isReady } = useTillside({ bundle: '/models/manifest.json' });
  const { slate, status, add } = useSuggestions({ placement: 'cart', size: 4 });
  const first = slate?.items[0]?.item.itemId;
  const onClick = () => void (first && add(first));
  return (
    <div onClick={onClick}>
      {status}
      {isReady && <TillsideSuggestions size={4} onAdd={({ itemId }) => fetch('/cart/' + itemId)} />}
      <tillside-suggestions placement="cart" size={2} min-score={0.5} />
    </div>
  );
}
createElement(Cart);
createApp(() => h(forVue.TillsideSuggestions, { size: 4 })).use(forVue.createTillsidePlugin({ bundle: '/models/manifest.json' }));
createFakeTillside({ slate: aSlateOf('MUG-1') }).setSlate(aSlateOf('MUG-2'), 'cart');
`;
const WRONG = `
import { createTillside } from 'tillside';

createTillside({ bundel: '/models/manifest.json' });
`;

beforeAll(async () => {
  await folder.install(pinned('react'), pinned('@types/react'), pinned('vue'));
  mkdirSync(join(folder.path, 'src'));
  writeFileSync(join(folder.path, 'src/right.ts'), RIGHT);
  writeFileSync(join(folder.path, 'src/wrong.ts'), WRONG);
  writeFileSync(join(folder.path, 'src/frameworks.tsx'), FRAMEWORKS);
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
  const check = (...file: string[]) => folder.run(process.execPath, [...flags, ...resolution, ...file]);

  it('describe the entry and the element', async () => {
    expect(await check('src/right.ts')).toMatchObject({ stdout: '', code: 0 });
  });

  it('describe the framework entries and the fake', async () => {
    expect(await check('src/frameworks.tsx', '--jsx', 'react-jsx')).toMatchObject({ stdout: '', code: 0 });
  });

  it('refuse an option that does not exist', async () => {
    const { code, stdout } = await check('src/wrong.ts');
    expect(code).not.toBe(0);
    expect(stdout).toContain("'bundel' does not exist in type 'TillsideOptions'");
  });
});
