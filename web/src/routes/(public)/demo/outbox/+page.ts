// With script the list renews itself in place; without, the whole page does.
export const csr = true
