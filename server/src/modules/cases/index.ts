/**
 * Confirmed infections, and the profiles of diseases by whose rules their windows are computed. Other modules may
 * join `case_facts (case_id, public_id, number, person_id, area_id, disease_id, created_at, classification, origin)`, see
 * 0023_cases_record.sql, `case_dates` with the days of illness, see 0019_tracing_transmission_links.sql, and `counted_cases`,
 * those of them that nobody discarded.
 */
export { casesImport } from './import.ts'
export { jobs, listeners } from './joining.ts'
export { officerNames, officerOf } from './officers.ts'
export { caseProblem } from './problems.ts'
export { getProfile, listProfileVersions } from './profiles.ts'
export { type CaseRow, findCase, findCaseById, listStays, type StayRow } from './queries.ts'
export { whoClassified } from './record/service.ts'
export { routes } from './routes.ts'
export { assertLikelyDays, assertStands, type ContactRule, ruleFor } from './rules.ts'
export type { Case, Classification, DiseaseProfile, NewCase } from './schema.ts'
export { caseNumbers, confirmCase, getCase, likelihoodOf, listCasesWithin, windowOf } from './service.ts'
