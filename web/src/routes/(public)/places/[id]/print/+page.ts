// The print button is script; without it the browser's own menu prints the page just as well.
export const csr = true
