// The script tag: reads its own attributes, creates the page's tillside, replays what was called before it came.
import { startFromScript } from './page/script-tag.js';

startFromScript();
