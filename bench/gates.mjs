// In: what was measured. Out: one line a figure, with its budget where it has one.

/** @typedef {{ what: string, seen: string, limit?: string, passed?: boolean }} Line */

const milliseconds = ({ median, p95 }) => `${median} / ${p95} ms`;

/** @returns {Line[]} */
export function gatesOf({ latency, memory, cold }) {
  const loops = Object.values(latency).flatMap((measured) => [
    {
      what: `event → slate on the page, ${measured.runtime}, median / p95`,
      seen: milliseconds(measured.pageMs),
      limit: 'p95 ≤ 50 ms',
      passed: measured.pageMs.p95 <= 50,
    },
    { what: '  of which in the engine', seen: milliseconds(measured.engineMs) },
    {
      what: '  slates that did not know of the event before them',
      seen: `${measured.staleSlates} of ${measured.pageMs.runs}`,
      limit: 'none',
      passed: measured.staleSlates === 0,
    },
    {
      what: '  longest task of the main thread, loading and scoring',
      seen: measured.longTasksMs.length === 0 ? 'none over 50 ms' : `${Math.max(...measured.longTasksMs)} ms`,
      limit: '≤ 50 ms',
      passed: measured.longTasksMs.length === 0,
    },
    {
      what: '  longest gap between frames, loading / all',
      seen: `${measured.longestFrameGapMs.loading} / ${measured.longestFrameGapMs.all} ms`,
    },
  ]);
  const { tensors, pageHeapMb, workerHeapMb, staleSlates, runs } = memory;
  return [
    ...loops,
    { what: 'the same in a storm: two cart changes a frame', seen: `${staleSlates} of ${runs}` },
    {
      what: `tensors before / after ${runs} slates`,
      seen: `${tensors.before} / ${tensors.after}`,
      limit: 'equal',
      passed: tensors.before === tensors.after,
    },
    {
      what: `page heap before / after ${runs} slates`,
      seen: `${pageHeapMb.before} / ${pageHeapMb.after} MB`,
      limit: '+ 1 MB',
      passed: pageHeapMb.growth <= 1,
    },
    {
      what: `worker heap before / after ${runs} slates`,
      seen: `${workerHeapMb.before} / ${workerHeapMb.after} MB`,
      limit: '≤ 60 MB',
      passed: workerHeapMb.after <= 60,
    },
    ...Object.entries(cold).flatMap(([visit, { firstSlateMs, firstStrategy, modelSlateMs }]) => [
      { what: `new Worker → first slate (${firstStrategy}), ${visit} visit, median / p95`, seen: milliseconds(firstSlateMs) },
      { what: '  → first slate of the model', seen: milliseconds(modelSlateMs) },
    ]),
  ];
}
