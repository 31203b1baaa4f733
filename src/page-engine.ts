// The engine on the page, as a file of its own: its bytes load only where no worker runs.
export * from './page/connect/page-engine.js';
