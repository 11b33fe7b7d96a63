/** Addresses that processes bind, as the code writes them. */

/** Whether nobody but the machine itself, or the pod, gets to it; null, an address that the platform gives, is not. */
export function isLoopback(bind: string | null): boolean {
  return bind !== null && (bind === 'localhost' || bind === '::1' || bind.startsWith('127.'));
}

/** Whether it is every address of the machine. */
export function isEveryAddress(bind: string | null): boolean {
  return bind === '0.0.0.0' || bind === '::' || bind === '*';
}
