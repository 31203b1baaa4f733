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

/** What an optional package is for, and the line that runs tillside with it. */
export interface PeerUse {
  readonly name: string;
  /** e.g. "Reading event files" */
  readonly task: string;
  /** e.g. "train …" */
  readonly command: string;
}

/** Tells a package that is absent from one that is there and cannot be loaded, e.g. without the binary of this platform. */
export function whyPeerIsMissing(cause: unknown, { name, task, command }: PeerUse): string {
  const [reason = ''] = String(cause instanceof Error ? cause.message : cause).split('\n');
  if (reason.startsWith(`Cannot find package '${name}'`) || reason.startsWith(`Cannot find module '${name}'`))
    return `${task} needs ${name}, which is not installed. Run: npx -p tillside -p ${name} tillside ${command}`;
  return `${task} needs ${name}, which is installed but cannot be loaded: ${reason}. Install it again on this machine: npm install ${name}`;
}
