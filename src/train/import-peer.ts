import { createRequire } from 'node:module';
import { basename, delimiter, join } from 'node:path';

/**
 * Imports an optional package from beside tillside, else from the folders of `PATH`: where a shop has tillside installed, `npx -p tillside -p NAME`
 * takes that one and puts NAME alone into a folder of its own.
 *
 * @throws what `importBeside` throws, where no folder has it
 */
export async function importPeer<Module>(name: string, importBeside: () => Promise<Module>): Promise<Module> {
  try {
    return await importBeside();
  } catch (cause) {
    for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
      if (basename(folder) !== '.bin') continue;
      const require = createRequire(join(folder, 'tillside.js'));
      if (isThere(require, name)) return require(name) as Module;
    }
    throw cause;
  }
}

function isThere(require: NodeJS.Require, name: string): boolean {
  try {
    require.resolve(name);
    return true;
  } catch {
    return false; // the next folder may have it
  }
}
