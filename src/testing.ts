// For a shop's own tests: a page with suggestions, without worker, bundle or storage.
export { aSlate, aSlateItem, aSlateOf, anEngineStatus, anEvent, anItem } from './page/testing/builders.js';
export {
  createFakeTillside,
  type FakeCall,
  type FakeTillside,
  type FakeTillsideOptions,
} from './page/testing/fake-tillside.js';
