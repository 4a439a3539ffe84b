// The personal code renews itself while the page is open.
export const csr = true
