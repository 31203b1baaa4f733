import { expose } from 'comlink';
import { CONTRACT_VERSION } from '../../../../src/core/engine/contract.js';

let begin = (): void => {};
const begun = new Promise<void>((resolve) => {
  begin = resolve;
});
const api = {
  /** Answers once it was told to start. */
  ping: () => begun.then(() => CONTRACT_VERSION),
  start() {
    begin();
    return { where: 'worker', diagnostics: [] };
  },
  stop() {},
};

expose(api, self as never);
