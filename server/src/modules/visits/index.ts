export { visitsImport } from './import.ts'
export { type ImportedStay, insertStays } from './queries.ts'
export { LONGEST_STAY_SECONDS, lengthClass, lookBack } from './rules.ts'
export const routes = async (_app: unknown) => {}
