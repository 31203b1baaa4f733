// The floor: a worker that does nothing but answer.
self.onmessage = ({ data }) => postMessage(data);
