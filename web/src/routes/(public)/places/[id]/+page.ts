// The counts of the day follow what happens at the door.
export const csr = true
