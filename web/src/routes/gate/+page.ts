// The page is kept on the device by the service worker. It says nothing about anybody until the gate's own store is read.
export const csr = true
