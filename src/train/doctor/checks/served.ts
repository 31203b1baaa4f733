import type { SeenFile } from '../visit.js';

/** What is wrong with how a host serves a file. */
export interface Fault {
  readonly seen: string;
  readonly remedy: string;
}

const SCRIPT_TYPE = /^(text|application)\/(x-)?(java|ecma)script\b/i;

export function isScriptType(type: string): boolean {
  return SCRIPT_TYPE.test(type);
}

/** What keeps a file from being used, as far as its answer shows. @param isType whether a browser takes this content type for it */
export function fault({ status, headers, failure }: SeenFile, isType: (type: string) => boolean): Fault | undefined {
  const type = headers['content-type'] ?? '';
  if (status === 0)
    return {
      seen: `cannot be reached${failure === undefined ? '' : ` (${failure})`}`,
      remedy: 'Correct its address, or mend its host.',
    };
  if (status >= 400) return { seen: `answered ${status}`, remedy: 'Copy the whole of dist/ there, or correct the address.' };
  if (isType(type)) return undefined;
  if (/text\/html/i.test(type))
    return {
      seen: 'answered with a web page',
      remedy: 'The file is not there and the host sends a page instead: copy the whole of dist/.',
    };
  return { seen: `is sent as ${type === '' ? 'no type' : type}`, remedy: 'Have the host send text/javascript for .js files.' };
}
