// Runs before anything else on the page: every long task and the longest gap between two frames from here on.
const mainThread = { longTasksMs: [], longestFrameGapMs: 0 };
new PerformanceObserver((list) => {
  for (const { duration } of list.getEntries()) mainThread.longTasksMs.push(Math.round(duration));
}).observe({ type: 'longtask', buffered: true });
let lastFrame = performance.now();
const onFrame = (now) => {
  mainThread.longestFrameGapMs = Math.max(mainThread.longestFrameGapMs, Math.round(now - lastFrame));
  lastFrame = now;
  requestAnimationFrame(onFrame);
};
requestAnimationFrame(onFrame);

const NativeWorker = globalThis.Worker;
globalThis.Worker = class extends NativeWorker {
  constructor(...args) {
    mainThread.workerStartedAt = performance.now();
    super(...args);
  }
};
globalThis.mainThread = mainThread;
