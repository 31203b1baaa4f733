import { expose } from 'comlink';

expose({ ping: () => 99 }, self as never);
