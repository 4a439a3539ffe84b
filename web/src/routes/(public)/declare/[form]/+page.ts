// One question a screen while one fills in; without script it is one plain page.
export const csr = true
