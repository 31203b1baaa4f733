// A file of its own: what a shop loads that has its analytics told of the suggestions.
export { startAnalytics } from './page/analytics/start-analytics.js';
