import { onScopeDispose, onMounted, type ShallowRef, shallowRef } from 'vue';
import type { Store } from '../bind/store.js';

/** A store's value as a ref: on the server and until the component is mounted the one it starts with. */
export function useStore<T>({ subscribe, getSnapshot }: Store<T>): Readonly<ShallowRef<T>> {
  const value = shallowRef(getSnapshot());
  const read = (): void => {
    value.value = getSnapshot();
  };
  let stop: (() => void) | undefined;
  onMounted(() => {
    stop = subscribe(read);
    read();
  });
  onScopeDispose(() => stop?.());
  return value;
}
