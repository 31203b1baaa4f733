// TF.js is in its own chunk and in the CLI, and nowhere else in dist/: half a megabyte that no page pays for before it needs it.
import { readdirSync, readFileSync } from 'node:fs';

const HOMES = ['tfjs.js', 'cli.js'];
/** Text that minifying keeps in every build of tfjs-core: its URL parameter, the name of a kernel. */
const MARKS = ['tfjsflags', 'UnsortedSegmentSum'];

const scripts = readdirSync('dist').filter((file) => file.endsWith('.js'));
const holds = (/** @type {string} */ file) => {
  const text = readFileSync(`dist/${file}`, 'utf8');
  return MARKS.some((mark) => text.includes(mark));
};
const strays = scripts.filter((file) => !HOMES.includes(file) && holds(file));
const empty = HOMES.filter((file) => !scripts.includes(file) || !holds(file));
for (const file of strays) console.error(`dist/${file} contains TF.js.`);
for (const file of empty)
  console.error(`dist/${file} should contain TF.js and does not: the marks of this check are out of date.`);
console.log(
  `${scripts.length} scripts, TF.js in ${HOMES.join(' and ')}${strays.length ? ` and in ${strays.join(', ')}` : ' only'}.`,
);
process.exit(strays.length + empty.length === 0 ? 0 : 1);
