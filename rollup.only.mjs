import all from './rollup.config.mjs';
const want = process.env.ONLY.split(',');
export default all.filter((c) => want.includes((c.output.file ?? c.output.dir).split('/').pop()));
