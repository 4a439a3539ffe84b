// The console is drawn in the browser: it is used for hours by few people, and most of it is tables that change in place.
export const ssr = false
