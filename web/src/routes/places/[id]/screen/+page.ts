// The code changes every half minute.
export const csr = true
