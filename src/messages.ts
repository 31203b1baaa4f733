// The texts that the worker sends as ids, as a file of its own: it loads when there is one to read.
export { inWords } from './core/coded-text.js';
