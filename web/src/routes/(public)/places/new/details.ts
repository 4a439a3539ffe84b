/** What else a kind of place needs comes once a kind is chosen. */
export const loadDetailFields = async () => (await import('../DetailFields.svelte')).default
