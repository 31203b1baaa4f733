/**
 * Which runtime a shop wants: `auto` is tillside's own, in SIMD WebAssembly or else in plain JavaScript, and TF.js for layers that it does
 * not run.
 */
export type RuntimeChoice = 'auto' | 'simd' | 'js' | 'tfjs';
