// Pages for everyone are plain HTML and forms: no script unless a page asks for it with `export const csr = true`.
export const csr = false
