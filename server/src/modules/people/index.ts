export { clean } from './clean.ts'
export {
  type CheckedCode,
  checkCodes,
  type ResolvedCode,
  resolveCodes,
  type ShownCode,
  typedAs,
} from './codes.ts'
export { serverPublicKeys } from './devices.ts'
export { findAreas, peopleByRef, peopleImport, unknownArea } from './import.ts'
export { assertTakesSms, findPhone, nationalPhone, normalizePhone } from './phone.ts'
export {
  confirmPhoneAtGate,
  countPhoneCodeAttempt,
  requestGateCode,
  throttleGateCode,
} from './phone-codes.ts'
export { cardProblem, codeProblem, personProblem } from './problems.ts'
export {
  findPerson,
  findPersonById,
  listPeopleById,
  listPeopleByPublicId,
  listPeopleByRef,
  listPeopleOfHolder,
  listReaders,
  listReadingsByDay,
  listReadingsWithin,
  type PersonRow,
  type Profile,
} from './queries.ts'
export { listRevokedCodes } from './revoked-codes.ts'
export { routes } from './routes.ts'
export { maskName, maskPhone } from './rules.ts'
export { MaskedPerson, Person, PhoneChallenge, PhoneCode, PhoneCodeRequest, RevokedCodes } from './schema.ts'
export {
  completePerson,
  completeTyped,
  countPhones,
  describe,
  findPhoneOf,
  getOwnPerson,
  getPerson,
  holderOfPhone,
  type KnownBy,
  mask,
  maskedPeople,
  peopleKnownBy,
  personNamed,
  profileOf,
  readTold,
  recordReading,
  type Told,
  toRow,
  unknownPerson,
} from './service.ts'
