import type { ItemTable } from './item-table.js';

/** How alike two rows are, 0–1: the cosine of their embeddings. It comes with a model's runtime. */
export function similarityIn({ bytes, dim, scale, min }: ItemTable): (a: number, b: number) => number {
  return (a, b) => {
    let dot = 0;
    let normA = 0;
    let normB = 0;
    for (let d = 0; d < dim; d++) {
      const x = (bytes[a * dim + d] as number) * scale + min;
      const y = (bytes[b * dim + d] as number) * scale + min;
      dot += x * y;
      normA += x * x;
      normB += y * y;
    }
    return normA > 0 && normB > 0 ? Math.max(0, dot / Math.sqrt(normA * normB)) : 0;
  };
}
