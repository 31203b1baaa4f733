// The JSON-LD reader, as a file of its own: its bytes load only on pages that have JSON-LD.
export { createJsonLdReader } from './page/adapters/json-ld.js';
