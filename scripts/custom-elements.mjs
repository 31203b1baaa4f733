// What the elements' doc comments say, as a custom elements manifest.
import * as analyzer from '@custom-elements-manifest/analyzer';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** @typedef {import('custom-elements-manifest/schema').Package} Package */
/** @typedef {import('custom-elements-manifest/schema').ClassDeclaration & import('custom-elements-manifest/schema').CustomElement} CustomElement */

/** What its declarations leave out. @type {unknown} */
const untyped = analyzer;
const { create, ts } =
  /** @type {{ ts: typeof import('typescript'), create(options: { modules: readonly unknown[] }): Package }} */ (untyped);

/**
 * Describes every `*-element.ts` of a folder as part of the module that registers them.
 *
 * @param {string} folder
 * @param {string} module as the manifest names it, relative to package.json
 * @returns {Promise<Package>}
 */
export async function describeElements(folder, module) {
  const files = (await readdir(folder)).filter((file) => file.endsWith('-element.ts')).sort();
  const sources = await Promise.all(
    files.map(async (file) =>
      ts.createSourceFile(file, await readFile(join(folder, file), 'utf8'), ts.ScriptTarget.ES2022, true),
    ),
  );
  const { schemaVersion, modules } = create({ modules: sources });
  const classes = modules.flatMap(({ declarations = [] }) => declarations).filter(isElement);
  return {
    schemaVersion,
    modules: [
      {
        kind: 'javascript-module',
        path: module,
        declarations: classes.map((element) => ({
          ...element,
          superclass: { name: 'HTMLElement' },
          // One whose name is computed is told of by its doc tag.
          events: element.events?.filter(({ name }) => name) ?? [],
          members: element.members?.filter(({ privacy }) => privacy !== 'private') ?? [],
        })),
        exports: classes.flatMap(({ name, tagName }) => [
          { kind: 'js', name, declaration: { name, module } },
          { kind: 'custom-element-definition', name: tagName ?? '', declaration: { name, module } },
        ]),
      },
    ],
  };
}

/**
 * @param {import('custom-elements-manifest/schema').Declaration} declaration
 * @returns {declaration is CustomElement}
 */
const isElement = (declaration) => 'tagName' in declaration;
