// Kept on the device by the service worker: it says nothing about anybody until the phone's own store is read.
export const csr = false
