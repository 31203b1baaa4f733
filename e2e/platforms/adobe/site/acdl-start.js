// Adobe's library as a shop embeds it: a module, so that it runs once the page is parsed and its own scripts have filled the array.
import { installAdobeDataLayer } from './acdl.js';

installAdobeDataLayer();
