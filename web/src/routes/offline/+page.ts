// Kept on the device by the service worker: it must need nothing else.
export const csr = false
