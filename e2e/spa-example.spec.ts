// The React example.
import { declareJourneys } from './support/app-journeys.js';

declareJourneys('/spa/');
