// The picker of communes looks up while one types.
export const csr = true
