import { customGrad, type Scalar, scalar, softmax, type Tensor, type Tensor2D, tensor2d } from '@tensorflow/tfjs-core';

/**
 * Mean softmax cross entropy with its gradient (p − label) / rows in one piece: chained ops would hold five copies of the logits.
 *
 * @param logits `[rows, classes]` @param labels `[rows]` place of the right class
 */
export function crossEntropy(logits: Tensor2D, labels: Int32Array): Scalar {
  const [rows, classes] = logits.shape;
  const loss = customGrad((input, save) => {
    const probabilities = softmax(input as Tensor2D);
    const values = probabilities.dataSync<'float32'>();
    let sum = 0;
    for (let i = 0; i < rows; i++) sum -= Math.log(Math.max(1e-12, values[i * classes + (labels[i] as number)] as number));
    (save as (tensors: Tensor[]) => void)([probabilities]);
    return {
      value: scalar(sum / rows),
      gradFunc: (upstream: Tensor, saved: Tensor[]) => {
        const gradient = (saved[0] as Tensor).dataSync<'float32'>().slice();
        for (let i = 0; i < rows; i++) {
          const at = i * classes + (labels[i] as number);
          gradient[at] = (gradient[at] as number) - 1;
        }
        const factor = (upstream.dataSync()[0] as number) / rows;
        for (let i = 0; i < gradient.length; i++) gradient[i] = (gradient[i] as number) * factor;
        return tensor2d(gradient, [rows, classes]);
      },
    };
  });
  return loss(logits) as Scalar;
}
