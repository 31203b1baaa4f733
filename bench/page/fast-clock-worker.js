import './fast-clock.js';
import '/dist/worker.js';
