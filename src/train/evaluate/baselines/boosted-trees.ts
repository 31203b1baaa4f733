import type { FitData } from './baseline.js';
import type { Recommender } from '../recommender.js';
import type { Examples } from './examples.js';
import { type Classifier, createLearned } from './learned.js';

export interface BoostedTreesSettings {
  readonly trees: number;
  /** splits from root to leaf, at most 4 */
  readonly depth: number;
}

const LEARNING_RATE = 0.1;
const BINS = 32;
/** Ridge on a leaf's value, and the least weight a leaf needs. */
const RIDGE = 1;
const LEAST_WEIGHT = 5;

/** Gradient-boosted trees on co-occurrence features. @see Friedman 2001; Chen & Guestrin 2016, https://arxiv.org/abs/1603.02754 (histogram splits) */
export function createBoostedTrees(data: FitData, { trees, depth }: BoostedTreesSettings): Recommender {
  return createLearned('boosted-trees', data, (examples) =>
    data.once(`forest ${depth}`, () => growForest(examples, depth)).classifierOf(trees),
  );
}

/** An inner node or, without `left`, a leaf. */
interface Node {
  readonly value: number;
  readonly feature: number;
  /** rows below it go left */
  readonly threshold: number;
  readonly left?: Node;
  readonly right?: Node;
}

/** A forest that grows as far as it is asked: a hundred trees are the first of two hundred. */
export interface Forest {
  /** The first trees; the classifier's score is the log-odds. */
  classifierOf(trees: number): Classifier;
}

/** Grows trees on the logistic loss. */
export function growForest(examples: Examples, depth: number): Forest {
  const { labels, features, width } = examples;
  const edges = Array.from({ length: width }, (_, feature) => quantiles(examples, feature));
  const bins = Uint8Array.from(features, (value, at) => binOf(edges[at % width] as Float64Array, value));
  const positives = labels.reduce((sum, label) => sum + label, 0);
  const prior = Math.log((positives + 1) / (labels.length - positives + 1));
  const scores = new Float64Array(labels.length).fill(prior);
  const gradients = new Float64Array(labels.length);
  const weights = new Float64Array(labels.length);
  const forest: Node[] = [];
  const all = Uint32Array.from(labels.keys());
  const addTree = () => {
    for (let i = 0; i < labels.length; i++) {
      const chance = 1 / (1 + Math.exp(-(scores[i] as number)));
      gradients[i] = (labels[i] as number) - chance;
      weights[i] = chance * (1 - chance);
    }
    const tree = grow({ bins, edges, gradients, weights, width }, all, depth);
    for (let i = 0; i < labels.length; i++) scores[i] = (scores[i] as number) + leafOf(tree, features, i * width);
    forest.push(tree);
  };
  return {
    classifierOf(trees) {
      while (forest.length < trees) addTree();
      const first = forest.slice(0, trees);
      return (rows, from) => {
        let sum = prior;
        for (const tree of first) sum += leafOf(tree, rows, from);
        return sum;
      };
    },
  };
}

function leafOf(tree: Node, features: Float64Array, from: number): number {
  let node = tree;
  while (node.left && node.right) node = (features[from + node.feature] as number) < node.threshold ? node.left : node.right;
  return node.value;
}

interface Growing {
  /** `[examples, width]` */
  readonly bins: Uint8Array;
  readonly edges: readonly Float64Array[];
  readonly gradients: Float64Array;
  readonly weights: Float64Array;
  readonly width: number;
}

function grow(growing: Growing, rows: Uint32Array, depth: number): Node {
  const { gradients, weights, bins, edges, width } = growing;
  const gradient = rows.reduce((sum, i) => sum + (gradients[i] as number), 0);
  const weight = rows.reduce((sum, i) => sum + (weights[i] as number), 0);
  const split = depth > 0 ? bestSplit(growing, rows, { gradient, weight }) : undefined;
  const value = (LEARNING_RATE * gradient) / (weight + RIDGE);
  if (!split) return { value, feature: 0, threshold: 0 };
  const { feature, bin } = split;
  const isLeft = (i: number) => (bins[i * width + feature] as number) <= bin;
  return {
    value,
    feature,
    threshold: edges[feature]?.[bin] as number,
    left: grow(
      growing,
      rows.filter((i) => isLeft(i)),
      depth - 1,
    ),
    right: grow(
      growing,
      rows.filter((i) => !isLeft(i)),
      depth - 1,
    ),
  };
}

interface Sums {
  readonly gradient: number;
  readonly weight: number;
}

/** The split that most lowers the loss; none when nothing does. */
function bestSplit(growing: Growing, rows: Uint32Array, total: Sums): { feature: number; bin: number } | undefined {
  const quality = (gradient: number, weight: number) => (gradient * gradient) / (weight + RIDGE);
  const { gradients, weights } = toHistograms(growing, rows);
  const whole = quality(total.gradient, total.weight);
  let best: { feature: number; bin: number } | undefined;
  let bestGain = 1e-9;
  for (let feature = 0; feature < growing.width; feature++) {
    let [gradient, weight] = [0, 0]; // of what goes left
    for (let bin = 0; bin < (growing.edges[feature]?.length ?? 0); bin++) {
      gradient += gradients[feature * BINS + bin] as number;
      weight += weights[feature * BINS + bin] as number;
      if (weight < LEAST_WEIGHT || total.weight - weight < LEAST_WEIGHT) continue;
      const gain = quality(gradient, weight) + quality(total.gradient - gradient, total.weight - weight) - whole;
      if (gain <= bestGain) continue;
      bestGain = gain;
      best = { feature, bin };
    }
  }
  return best;
}

/** Sums by feature and bin, each `[width, BINS]`. */
function toHistograms({ bins, gradients, weights, width }: Growing, rows: Uint32Array) {
  const sums = { gradients: new Float64Array(width * BINS), weights: new Float64Array(width * BINS) };
  for (let r = 0; r < rows.length; r++) {
    const i = rows[r] as number;
    const [gradient, weight] = [gradients[i] as number, weights[i] as number];
    for (let feature = 0; feature < width; feature++) {
      const at = feature * BINS + (bins[i * width + feature] as number);
      sums.gradients[at] = (sums.gradients[at] as number) + gradient;
      sums.weights[at] = (sums.weights[at] as number) + weight;
    }
  }
  return sums;
}

/** Distinct values that part a feature's rows into at most `BINS` bins; bin b holds values from edge b − 1 to below edge b. */
function quantiles({ features, labels, width }: Examples, feature: number): Float64Array {
  const values = Float64Array.from(labels, (_, i) => features[i * width + feature] as number).sort();
  const cuts = new Set<number>();
  for (let b = 1; b < BINS; b++) {
    const cut = values[Math.floor((b * values.length) / BINS)];
    if (cut !== undefined && cut > (values[0] as number)) cuts.add(cut);
  }
  return Float64Array.from(cuts);
}

function binOf(edges: Float64Array, value: number): number {
  let bin = 0;
  while (bin < edges.length && value >= (edges[bin] as number)) bin++;
  return bin;
}
