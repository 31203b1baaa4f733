// The Vue example.
import { declareJourneys } from './support/app-journeys.js';

declareJourneys('/vue/');
