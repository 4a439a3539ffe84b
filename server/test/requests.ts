import { NHA_TRANG } from './people.ts'
import { newZone, type Things } from './stage.ts'

/** A good request of an operation, and who of the cast may make it. */
export type Row = {
  operation: string
  ask: (things: Things) => [method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: unknown]
  /** Who may, with things of their own side; the rest gets 401, 403 or 404. */
  own: string
  /** Who may, with the stranger's things; left out where there are none. */
  foreign?: string
}

/** The whole cast, by name. */
export const NAMES = 'nobody lan hoa tu stranger minh thu nga an yen strangerOfficer gate'.split(' ')
const EVERYBODY = NAMES.join(' ')
const CITIZENS = 'lan hoa tu stranger'
const STAFF = 'minh thu nga an yen strangerOfficer'
const SIGNED_IN = `${CITIZENS} ${STAFF} gate`
const id = '00000000-0000-7000-9000-00000000000a'
const at = '2026-11-20T02:00:00Z'
const noAnswers = {
  travelled: false,
  hasSymptoms: false,
  contactPatient: false,
  contactAffectedCountry: false,
  contactSymptoms: false,
}

const open = (operation: string, path: string): Row => ({
  operation,
  ask: () => ['GET', path],
  own: EVERYBODY,
})

/** One row at least for every operation of the contract. */
export const rows: Row[] = [
  open('listAreas', '/areas'),
  open('getArea', `/areas/${NHA_TRANG}`),
  open('listAreaSuccessors', `/areas/${NHA_TRANG}/successors`),
  open('getBoundaries', '/areas/boundaries/56'),
  open('getMe', '/me'),
  open('listPlaceKinds', '/place-kinds'),
  open('listForms', '/forms'),
  open('getForm', '/forms/general'),
  open('listDiseaseProfiles', '/disease-profiles'),
  open('getSite', '/public/site'),
  open('readDemoOutbox', '/demo/outbox'),
  open('listDemoCast', '/demo/accounts'),
  {
    operation: 'signIn',
    ask: () => ['POST', '/sessions', { login: 'minh', password: 'minh-password' }],
    own: EVERYBODY,
  },
  { operation: 'signOut', ask: () => ['DELETE', '/sessions/current'], own: SIGNED_IN },
  {
    operation: 'requestPhoneCode',
    ask: () => ['POST', '/phone-codes', { phone: '0905000999' }],
    own: EVERYBODY,
  },
  // A challenge that does not exist is not found by anybody: the right code is what opens it (people.test.ts).
  {
    operation: 'confirmPhone',
    ask: () => ['POST', '/phone-sessions', { challengeId: id, code: '123456' }],
    own: '',
  },
  { operation: 'listMyPeople', ask: () => ['GET', '/me/people'], own: CITIZENS },
  {
    operation: 'getMyCard',
    ask: (t) => ['GET', `/me/card?personId=${t.person}`],
    own: 'lan',
    foreign: 'stranger',
  },
  {
    operation: 'registerDevice',
    ask: () => ['POST', '/me/devices', { publicKey: `${'A'.repeat(43)}=` }],
    own: CITIZENS,
  },
  { operation: 'listMyDevices', ask: () => ['GET', '/me/devices'], own: CITIZENS },
  // Phones and cards that do not exist are not found by anybody; whose they are is held by codes.test.ts.
  { operation: 'revokeMyDevice', ask: () => ['DELETE', '/me/devices/00000000000000aa'], own: '' },
  { operation: 'printPaperCard', ask: () => ['GET', '/paper-cards/00000000000000aa/card.pdf'], own: '' },
  { operation: 'revokePaperCard', ask: () => ['DELETE', '/paper-cards/00000000000000aa'], own: '' },
  {
    operation: 'revokeDevicesOf',
    ask: (t) => ['DELETE', `/people/${t.person}/devices`],
    own: 'lan minh',
    foreign: 'stranger strangerOfficer',
  },
  {
    operation: 'getPaperCard',
    ask: (t) => ['GET', `/people/${t.person}/paper-card`],
    own: 'lan minh',
    foreign: 'stranger strangerOfficer',
  },
  {
    operation: 'issuePaperCard',
    ask: (t) => ['POST', `/people/${t.person}/paper-cards`],
    own: 'lan minh',
    foreign: 'stranger strangerOfficer',
  },
  {
    operation: 'listPaperCardSheets',
    ask: (t) => ['GET', `/paper-card-sheets?areaCode=${t.area}`],
    own: 'minh',
    foreign: 'strangerOfficer',
  },
  {
    operation: 'listPaperCardLists',
    ask: () => ['GET', '/paper-card-lists'],
    own: `${CITIZENS} minh strangerOfficer`, // whoever prints; each sees their own, citizens none
  },
  {
    operation: 'printPaperCardSheets',
    ask: (t) => ['POST', '/paper-card-sheets', { personIds: [t.person] }],
    own: 'lan minh',
    foreign: 'stranger strangerOfficer',
  },
  {
    operation: 'registerPerson',
    ask: (t) => ['POST', '/people', { name: 'Bé Na', birthYear: 2019, areaCode: t.area }],
    own: `${CITIZENS} minh`,
    foreign: `${CITIZENS} strangerOfficer`, // a child may live elsewhere; an officer registers within reach
  },
  {
    operation: 'changePerson',
    ask: (t) => ['PATCH', `/people/${t.person}`, { address: 'Số 2' }],
    own: 'lan minh',
    foreign: 'stranger strangerOfficer',
  },
  // A search answers everybody who may search; what it finds is limited to their areas (people.test.ts).
  {
    operation: 'searchPeople',
    ask: () => ['POST', '/people/searches', { name: 'Lan', reason: 'case' }],
    own: 'minh nga strangerOfficer',
  },
  {
    operation: 'readPerson',
    ask: (t) => ['GET', `/people/${t.person}?reason=case`],
    own: 'minh',
    foreign: 'strangerOfficer',
  },
  {
    operation: 'registerPlace',
    ask: (t) => [
      'POST',
      '/places',
      { name: 'Quán', kind: 'shop', areaCode: t.area, address: '1', phone: '0905000101' },
    ],
    own: `${CITIZENS} minh thu`,
    foreign: `${CITIZENS} strangerOfficer`,
  },
  { operation: 'listPlaces', ask: () => ['GET', '/places'], own: SIGNED_IN.replace(/ (nga|an)\b/g, '') },
  { operation: 'listMyPlaces', ask: () => ['GET', '/me/places'], own: SIGNED_IN },
  {
    operation: 'readPlace',
    ask: (t) => ['GET', `/places/${t.place}`],
    own: 'hoa tu minh thu gate',
    foreign: 'stranger strangerOfficer',
  },
  {
    operation: 'changePlace',
    ask: (t) => ['PATCH', `/places/${t.place}`, { closed: true }],
    own: 'hoa minh thu',
    foreign: 'stranger strangerOfficer',
  },
  {
    operation: 'getPoster',
    ask: (t) => ['GET', `/places/${t.place}/poster.pdf`],
    own: 'hoa tu minh thu gate',
    foreign: 'stranger strangerOfficer',
  },
  {
    operation: 'getPosterCode',
    ask: (t) => ['GET', `/places/${t.place}/poster.svg`],
    own: 'hoa tu minh thu gate',
    foreign: 'stranger strangerOfficer',
  },
  {
    operation: 'listPosters',
    ask: (t) => ['GET', `/places/${t.place}/posters`],
    own: 'hoa minh thu',
    foreign: 'stranger strangerOfficer',
  },
  {
    operation: 'replacePoster',
    ask: (t) => ['POST', `/places/${t.place}/posters`],
    own: 'hoa minh thu',
    foreign: 'stranger strangerOfficer',
  },
  {
    operation: 'readScreenCode',
    ask: (t) => ['GET', `/places/${t.place}/screen-code`],
    own: 'hoa tu minh thu gate',
    foreign: 'stranger strangerOfficer',
  },
  {
    operation: 'listGates',
    ask: (t) => ['GET', `/places/${t.place}/gates`],
    own: 'hoa tu minh thu gate',
    foreign: 'stranger strangerOfficer',
  },
  {
    operation: 'addGate',
    ask: (t) => ['POST', `/places/${t.place}/gates`, { name: 'Cửa Bắc', direction: 'in' }],
    own: 'hoa minh thu',
    foreign: 'stranger strangerOfficer',
  },
  {
    operation: 'removeGate',
    ask: (t) => ['DELETE', `/places/${t.place}/gates/1`],
    own: 'hoa minh thu',
    foreign: 'stranger strangerOfficer',
  },
  {
    operation: 'listTrips',
    ask: (t) => ['GET', `/places/${t.bus}/trips`],
    own: 'hoa minh thu',
    foreign: 'stranger strangerOfficer',
  },
  // A market has no trips; whoever stands at its door is told so, and others that it is not there.
  {
    operation: 'startTrip',
    ask: (t) => ['POST', `/places/${t.place}/trips`, { from: 'Bến xe', to: 'Chợ' }],
    own: 'hoa tu gate',
    foreign: 'stranger',
  },
  {
    operation: 'endTrip',
    ask: (t) => ['PATCH', `/places/${t.bus}/trips/${t.trip}`, { ended: true }],
    own: 'hoa',
    foreign: 'stranger',
  },
  {
    operation: 'findPublicPlace',
    ask: (t) => ['GET', `/public/places/${t.placeCode}`],
    own: EVERYBODY,
    foreign: EVERYBODY,
  },
  {
    operation: 'listGuards',
    ask: (t) => ['GET', `/places/${t.place}/guards`],
    own: 'hoa',
    foreign: 'stranger',
  },
  {
    operation: 'addGuard',
    ask: (t) => ['POST', `/places/${t.place}/guards`, { phone: '0905000998' }],
    own: 'hoa',
    foreign: 'stranger',
  },
  {
    operation: 'removeGuard',
    ask: (t) => ['DELETE', `/places/${t.place}/guards/${t.guard}`],
    own: 'hoa',
    foreign: 'stranger',
  },
  {
    operation: 'getPlaceToday',
    ask: (t) => ['GET', `/places/${t.place}/today`],
    own: 'hoa tu minh gate',
    foreign: 'stranger strangerOfficer',
  },
  {
    operation: 'sendDeclaration',
    ask: (t) => [
      'POST',
      '/declarations',
      { formId: 'general', formVersion: 1, personId: t.person, answers: noAnswers },
    ],
    own: 'lan minh',
    foreign: 'stranger strangerOfficer',
  },
  { operation: 'listMyDeclarations', ask: () => ['GET', '/me/declarations'], own: CITIZENS },
  {
    operation: 'getMyStatus',
    ask: (t) => ['GET', `/me/status?personId=${t.person}`],
    own: 'lan',
    foreign: 'stranger',
  },
  {
    operation: 'listEntryHolds',
    ask: (t) => ['GET', `/people/${t.person}/entry-holds`],
    own: 'minh',
    foreign: 'strangerOfficer',
  },
  {
    operation: 'liftEntryHolds',
    ask: (t) => ['DELETE', `/people/${t.person}/entry-holds`],
    own: 'minh',
    foreign: 'strangerOfficer',
  },
  {
    operation: 'recordVisit',
    ask: (t) => ['PUT', `/visits/${id}`, { placeCode: t.placeCode, direction: 'in', at, personId: t.person }],
    own: 'lan',
    foreign: 'stranger',
  },
  // The body is refused scan by scan; who may not scan at all is refused whole.
  {
    operation: 'recordScans',
    ask: (t) => [
      'POST',
      '/scans',
      { scans: [{ id, placeId: t.place, at, direction: 'in', code: 'LC1:AAAA' }] },
    ],
    own: `${CITIZENS} gate`,
    foreign: `${CITIZENS} gate`,
  },
  // Scan by scan, too: what nobody may take back is not among those that were.
  {
    operation: 'undoScans',
    ask: (t) => ['POST', '/scans/undone', { scans: [{ id, placeId: t.place }] }],
    own: `${CITIZENS} gate`,
    foreign: `${CITIZENS} gate`,
  },
  {
    operation: 'getGateFacts',
    ask: (t) => ['GET', `/places/${t.place}/gate`],
    own: 'hoa tu gate',
    foreign: 'stranger',
  },
  {
    operation: 'requestPhoneCodeAtGate',
    ask: (t) => ['POST', `/places/${t.place}/phone-codes`, { phone: '0905000996' }],
    own: 'hoa tu gate',
    foreign: 'stranger',
  },
  // As with signing in, a challenge that does not exist is not found by anybody (phone-codes.test.ts of visits).
  {
    operation: 'confirmPhoneAtGate',
    ask: (t) => ['POST', `/places/${t.place}/phone-confirmations`, { challengeId: id, code: '123456' }],
    own: '',
  },
  // Who may declare here is told that nobody was scanned.
  {
    operation: 'declareAtGate',
    ask: (t) => [
      'POST',
      `/places/${t.place}/declarations`,
      { formId: 'general', formVersion: 1, personId: t.person, answers: noAnswers },
    ],
    own: 'hoa tu gate',
    foreign: 'stranger',
  },
  { operation: 'listMyVisits', ask: () => ['GET', '/me/visits'], own: CITIZENS },
  { operation: 'listMyInside', ask: () => ['GET', '/me/inside'], own: CITIZENS },
  {
    operation: 'confirmCase',
    ask: (t) => ['POST', '/cases', { personId: t.person, diseaseId: 'measles', onsetOn: '2026-11-18' }],
    own: 'minh',
    foreign: 'strangerOfficer',
  },
  { operation: 'listCases', ask: () => ['GET', '/cases'], own: 'minh strangerOfficer' },
  { operation: 'readCase', ask: (t) => ['GET', `/cases/${t.case}`], own: 'minh', foreign: 'strangerOfficer' },
  {
    operation: 'changeCase',
    ask: (t) => ['PATCH', `/cases/${t.case}`, { onsetOn: '2026-11-17' }],
    own: 'minh',
    foreign: 'strangerOfficer',
  },
  {
    operation: 'listCaseStays',
    ask: (t) => ['GET', `/cases/${t.case}/stays`],
    own: 'minh',
    foreign: 'strangerOfficer',
  },
  {
    operation: 'listSetAside',
    ask: (t) => ['GET', `/cases/${t.case}/set-aside?reason=copied`],
    own: 'minh',
    foreign: 'strangerOfficer',
  },
  {
    operation: 'listSetAsideScans',
    ask: (t) => ['GET', `/cases/${t.case}/set-aside-scans?reason=copied&place=${t.place}&on=2026-11-20`],
    own: 'minh',
    foreign: 'strangerOfficer',
  },
  ...(
    [
      ['listCaseClassifications', 'GET', 'classifications', undefined],
      ['listCaseDateChanges', 'GET', 'date-changes', undefined],
      [
        'classifyCase',
        'POST',
        'classifications',
        { after: id, classification: 'discarded', reason: 'x' }, // of another one: a conflict, for who may
      ],
      ['listLabResults', 'GET', 'lab-results', undefined],
      [
        'recordLabResult',
        'POST',
        'lab-results',
        { sampledOn: '2026-11-19', kind: 'rapid', result: 'positive', laboratory: 'TYT' },
      ],
      ['listInterviews', 'GET', 'interviews', undefined],
      [
        'recordInterview',
        'POST',
        'interviews',
        { formId: 'interview', formVersion: 1, informant: 'self', answers: { hasSymptoms: false } },
      ],
      ['listDeclaredContacts', 'GET', 'declared-contacts', undefined],
      [
        'declareContact',
        'POST',
        'declared-contacts',
        { name: 'Hà', setting: 'meal', from: '2026-11-19T01:00:00Z', to: '2026-11-19T02:00:00Z' },
      ],
      ['listCaseEdges', 'GET', 'edges', undefined],
    ] as const
  ).map(
    ([operation, method, list, body]): Row => ({
      operation,
      ask: (t) => [method, `/cases/${t.case}/${list}`, body],
      own: 'minh',
      foreign: 'strangerOfficer',
    }),
  ),
  open('listInterviewForms', '/interview-forms'),
  // What does not exist is not found by anybody; whose they are is held by record.test.ts and graph.test.ts.
  {
    operation: 'withdrawLabResult',
    ask: () => ['POST', `/lab-results/${id}/withdrawal`, { reason: 'x' }],
    own: '',
  },
  { operation: 'readInterview', ask: () => ['GET', `/interviews/${id}`], own: '' },
  {
    operation: 'withdrawInterview',
    ask: () => ['POST', `/interviews/${id}/withdrawal`, { reason: 'x' }],
    own: '',
  },
  {
    operation: 'withdrawDeclaredContact',
    ask: () => ['POST', `/declared-contacts/${id}/withdrawal`],
    own: '',
  },
  {
    operation: 'listEventGuests',
    ask: (t) => ['GET', `/places/${t.event}/guests`],
    own: 'minh',
    foreign: 'strangerOfficer',
  },
  {
    operation: 'addEventGuests',
    ask: (t) => ['POST', `/places/${t.event}/guests`, { guests: [{ name: 'Hà' }] }],
    own: 'minh',
    foreign: 'strangerOfficer',
  },
  {
    operation: 'removeEventGuest',
    ask: (t) => ['DELETE', `/places/${t.event}/guests/${t.guest}`],
    own: 'minh',
    foreign: 'strangerOfficer',
  },
  {
    operation: 'traceCase',
    ask: (t) => ['POST', `/cases/${t.case}/traces`, {}],
    own: 'minh',
    foreign: 'strangerOfficer',
  },
  {
    operation: 'listCaseLinks',
    ask: (t) => ['GET', `/cases/${t.case}/links`],
    own: 'minh',
    foreign: 'strangerOfficer',
  },
  {
    operation: 'addLink',
    ask: (t) => ['POST', `/cases/${t.case}/links`, { placeCode: t.placeCode, confidence: 'possible' }],
    own: 'minh',
    foreign: 'strangerOfficer',
  },
  // Of links that do not exist nobody learns anything; whose they are is held by chains.test.ts.
  {
    operation: 'withdrawLink',
    ask: () => ['POST', `/links/${id}/withdrawal`, { because: 'mistake' }],
    own: '',
  },
  {
    operation: 'listPossibleSources',
    ask: (t) => ['GET', `/cases/${t.case}/sources`],
    own: 'minh',
    foreign: 'strangerOfficer',
  },
  {
    operation: 'readChain',
    ask: (t) => ['GET', `/cases/${t.case}/chain`],
    own: 'minh',
    foreign: 'strangerOfficer',
  },
  // What these find is limited to the areas of the reader (chains.test.ts).
  { operation: 'listChains', ask: () => ['GET', '/chains'], own: 'minh strangerOfficer' },
  {
    operation: 'readTransmission',
    ask: () => ['GET', '/transmission/figures?disease=covid-19'],
    own: 'minh strangerOfficer',
  },
  {
    operation: 'listSpreadingPlaces',
    ask: () => ['GET', '/transmission/places?disease=covid-19'],
    own: 'minh strangerOfficer',
  },
  {
    operation: 'askWhatIf',
    ask: (t) => ['POST', `/cases/${t.case}/what-if`, { airingSeconds: 0 }],
    own: 'minh',
    foreign: 'strangerOfficer',
  },
  {
    operation: 'traceCases',
    ask: (t) => ['POST', '/trace-batches', { caseIds: [t.case] }],
    own: 'minh',
    foreign: 'strangerOfficer',
  },
  // Nothing failed: a conflict, for who may.
  {
    operation: 'retryTraceBatch',
    ask: (t) => ['POST', `/trace-batches/${t.batch}/retry`],
    own: 'minh',
    foreign: 'strangerOfficer',
  },
  {
    operation: 'readTraceBatch',
    ask: (t) => ['GET', `/trace-batches/${t.batch}`],
    own: 'minh',
    foreign: 'strangerOfficer',
  },
  {
    operation: 'listTraceBatches',
    ask: () => ['GET', '/trace-batches'],
    own: 'minh strangerOfficer',
  },
  {
    operation: 'listTracesOfBatch',
    ask: (t) => ['GET', `/trace-batches/${t.batch}/traces`],
    own: 'minh',
    foreign: 'strangerOfficer',
  },
  {
    operation: 'listRenewedCases',
    ask: () => ['GET', '/renewed-cases'],
    own: 'minh strangerOfficer',
  },
  {
    operation: 'listUntracedCases',
    ask: () => ['GET', '/untraced-cases?from=2026-11-01&to=2026-11-30'],
    own: 'minh strangerOfficer',
  },
  {
    operation: 'readTrace',
    ask: (t) => ['GET', `/traces/${t.trace}`],
    own: 'minh',
    foreign: 'strangerOfficer',
  },
  {
    operation: 'listTraces',
    ask: (t) => ['GET', `/cases/${t.case}/traces`],
    own: 'minh',
    foreign: 'strangerOfficer',
  },
  {
    operation: 'listTraceContacts',
    ask: (t) => ['GET', `/traces/${t.trace}/contacts`],
    own: 'minh',
    foreign: 'strangerOfficer',
  },
  {
    operation: 'placeTraceAgain',
    ask: (t) => ['POST', `/traces/${t.trace}/places`, { hop: 1 }],
    own: 'minh',
    foreign: 'strangerOfficer',
  },
  {
    operation: 'countTraceContacts',
    ask: (t) => ['GET', `/traces/${t.trace}/contact-counts?hop=1&unmarked=true`],
    own: 'minh',
    foreign: 'strangerOfficer',
  },
  {
    operation: 'listTracePlaces',
    ask: (t) => ['GET', `/traces/${t.trace}/places`],
    own: 'minh',
    foreign: 'strangerOfficer',
  },
  {
    operation: 'markContacts',
    ask: (t) => ['POST', `/cases/${t.case}/contacts`, { all: true, label: 'F1' }],
    own: 'minh',
    foreign: 'strangerOfficer',
  },
  {
    operation: 'markContacts',
    ask: (t) => ['POST', `/cases/${t.case}/contacts`, { traceId: t.trace, all: true, label: 'F1' }],
    own: 'minh',
    foreign: 'strangerOfficer',
  },
  // Nobody is gone: a conflict, for who may.
  {
    operation: 'withdrawContacts',
    ask: (t) => [
      'POST',
      `/cases/${t.case}/contact-withdrawals`,
      { traceId: t.trace, all: true, reason: 'Sửa ngày' },
    ],
    own: 'minh',
    foreign: 'strangerOfficer',
  },
  // Nobody is farther: a conflict, for who may.
  {
    operation: 'relabelContacts',
    ask: (t) => [
      'POST',
      `/cases/${t.case}/contact-relabellings`,
      { traceId: t.trace, all: true, label: 'F2', reason: 'Sửa ngày' },
    ],
    own: 'minh',
    foreign: 'strangerOfficer',
  },
  {
    operation: 'listContactMarkings',
    ask: (t) => ['GET', `/cases/${t.case}/contact-markings`],
    own: 'minh',
    foreign: 'strangerOfficer',
  },
  {
    operation: 'readContactMarking',
    ask: (t) => ['GET', `/contact-markings/${t.marking}`],
    own: 'minh',
    foreign: 'strangerOfficer',
  },
  {
    operation: 'retryContactMarking',
    ask: (t) => ['POST', `/contact-markings/${t.marking}/retry`],
    own: 'minh',
    foreign: 'strangerOfficer',
  },
  {
    operation: 'listContacts',
    ask: (t) => ['GET', `/cases/${t.case}/contacts`],
    own: 'minh',
    foreign: 'strangerOfficer',
  },
  {
    operation: 'countContacts',
    ask: (t) => ['GET', `/cases/${t.case}/contact-counts`],
    own: 'minh',
    foreign: 'strangerOfficer',
  },
  // What a list finds is limited to the units of who asks (follow-up.test.ts).
  { operation: 'listFollowUps', ask: () => ['GET', '/follow-ups'], own: 'minh strangerOfficer' },
  {
    operation: 'searchFollowUps',
    ask: () => ['POST', '/follow-ups/searches', { name: 'lan' }],
    own: 'minh strangerOfficer',
  },
  { operation: 'countFollowUps', ask: () => ['GET', '/follow-up-counts'], own: 'minh strangerOfficer' },
  { operation: 'readDesk', ask: () => ['GET', '/desk'], own: 'minh strangerOfficer' },
  { operation: 'openCallSheet', ask: (t) => ['GET', `/follow-ups/${t.followUp}?reason=case`], own: 'minh' },
  {
    operation: 'recordFollowUp',
    ask: (t) => ['POST', '/follow-ups/entries', { followUpIds: [t.followUp], test: 'needed' }],
    own: 'minh',
  },
  {
    operation: 'orderLineList',
    ask: () => ['POST', '/follow-ups/line-lists', { form: 'f1', format: 'csv', reason: 'case' }],
    own: 'minh strangerOfficer',
  },
  // She waits for another unit already; who does not hold her is told that she is not there.
  {
    operation: 'sendHandOver',
    ask: (t) => ['POST', '/hand-overs', { followUpIds: [t.followUp], areaCode: '22366' }],
    own: 'minh',
  },
  {
    operation: 'listHandOvers',
    ask: () => ['GET', '/hand-overs?direction=out'],
    own: 'minh strangerOfficer',
  },
  { operation: 'listHandOverLines', ask: (t) => ['GET', `/hand-overs/${t.handOver}/lines`], own: 'minh' },
  {
    operation: 'answerHandOver',
    ask: (t) => ['POST', `/hand-overs/${t.handOver}/answers`, { answer: 'withdrawn' }],
    own: 'minh',
  },
  {
    operation: 'readFollowUpReport',
    ask: (t) => ['GET', `/reports/follow-up?area=${t.area}`],
    own: 'minh thu an',
    foreign: 'strangerOfficer',
  },
  { operation: 'listWarningRuns', ask: () => ['GET', '/warning-runs'], own: 'minh strangerOfficer' },
  { operation: 'readWarningRun', ask: (t) => ['GET', `/warning-runs/${t.run}`], own: 'minh' },
  { operation: 'previewWarnings', ask: (t) => ['GET', `/warning-runs/${t.run}/preview`], own: 'minh' },
  // Whom it concerns is told that it does not wait, or that they asked for it themselves (sending.test.ts).
  { operation: 'releaseWarnings', ask: (t) => ['POST', `/warning-runs/${t.run}/release`], own: 'minh' },
  {
    operation: 'refuseWarnings',
    ask: (t) => ['POST', `/warning-runs/${t.run}/refusal`, { reason: 'Nhầm ca' }],
    own: 'minh',
  },
  { operation: 'askForWarningsAgain', ask: (t) => ['POST', `/warning-runs/${t.run}/request`], own: 'minh' },
  {
    operation: 'stopWarnings',
    ask: (t) => ['POST', `/warning-runs/${t.run}/stop`, { reason: 'Nhầm ca' }],
    own: 'minh',
  },
  {
    operation: 'recallWarnings',
    ask: (t) => ['POST', `/warning-runs/${t.run}/recall`, { reason: 'Nhầm ca' }],
    own: 'minh',
  },
  {
    operation: 'listExposurePoints',
    ask: (t) => ['GET', `/cases/${t.case}/exposure-points`],
    own: 'minh',
    foreign: 'strangerOfficer',
  },
  {
    operation: 'judgeStay',
    ask: (t) => ['POST', `/cases/${t.case}/exposure-points`, { ...t.stay, status: 'rejected' }],
    own: 'minh',
    foreign: 'strangerOfficer',
  },
  {
    operation: 'judgeExposurePoint',
    ask: (t) => [
      'PATCH',
      `/exposure-points/${t.point}`,
      { version: 1, status: 'rejected', from: t.stay.from, to: t.stay.to },
    ],
    own: 'minh',
    foreign: 'strangerOfficer',
  },
  {
    operation: 'draftNotice',
    ask: (t) => ['POST', `/cases/${t.case}/notices`, { points: [{ id: t.point }] }],
    own: 'minh',
    foreign: 'strangerOfficer',
  },
  { operation: 'listNotices', ask: () => ['GET', '/notices'], own: 'minh strangerOfficer' },
  {
    operation: 'readNotice',
    ask: (t) => ['GET', `/notices/${t.notice}`],
    own: 'minh',
    foreign: 'strangerOfficer',
  },
  // Whose own draft it is, is told so (notices.test.ts).
  {
    operation: 'releaseNotice',
    ask: (t) => ['POST', `/notices/${t.notice}/release`],
    own: 'minh',
    foreign: 'strangerOfficer',
  },
  {
    operation: 'refuseNotice',
    ask: (t) => ['POST', `/notices/${t.notice}/refusal`, { reason: 'Sai ngày' }],
    own: 'minh',
    foreign: 'strangerOfficer',
  },
  {
    operation: 'withdrawNotice',
    ask: (t) => ['POST', `/notices/${t.notice}/withdrawal`, { reason: 'Sai ngày' }],
    own: 'minh',
    foreign: 'strangerOfficer',
  },
  open('listPublicNotices', '/public/notices'),
  { operation: 'listMyWarnings', ask: () => ['GET', '/me/warnings'], own: CITIZENS },
  { operation: 'openMyWarning', ask: (t) => ['GET', `/me/warnings/${t.warning}`], own: 'hoa' },
  {
    operation: 'readDailyReport',
    ask: (t) => ['GET', `/reports/daily?area=${t.area}`],
    own: 'minh thu an yen', // of the schools alone (rollout.test.ts)
    foreign: 'strangerOfficer',
  },
  open('listPublicZones', '/public/zones'),
  open('getZoneRules', '/zone-rules'),
  {
    operation: 'suggestZone',
    ask: (t) => ['POST', '/zone-suggestions', { areaCode: t.area, share: 0.9 }],
    own: 'minh',
    foreign: 'strangerOfficer',
  },
  {
    operation: 'countZone',
    ask: (t) => ['POST', '/zone-counts', { areaCode: t.area, unitCodes: [t.area] }],
    own: 'minh',
    foreign: 'strangerOfficer',
  },
  {
    operation: 'draftZone',
    ask: (t) => ['POST', '/zones', newZone(t.area)],
    own: 'minh',
    foreign: 'strangerOfficer',
  },
  { operation: 'listZones', ask: () => ['GET', '/zones'], own: 'minh thu strangerOfficer' },
  {
    operation: 'readZone',
    ask: (t) => ['GET', `/zones/${t.zone}`],
    own: 'minh thu',
    foreign: 'strangerOfficer',
  },
  {
    operation: 'printZoneOrder',
    ask: (t) => ['GET', `/zones/${t.zone}/order.pdf`],
    own: 'minh thu',
    foreign: 'strangerOfficer',
  },
  {
    operation: 'editZone',
    ask: (t) => ['PATCH', `/zones/${t.zone}`, { ...newZone(t.area), version: 1 }],
    own: 'minh',
    foreign: 'strangerOfficer',
  },
  {
    operation: 'proposeZone',
    ask: (t) => ['POST', `/zones/${t.zone}/proposal`, { version: 1 }],
    own: 'minh',
    foreign: 'strangerOfficer',
  },
  // Whoever may take a step is told that this one does not come now.
  {
    operation: 'returnZone',
    ask: (t) => ['POST', `/zones/${t.zone}/return`, { version: 1, reason: 'Thu hẹp' }],
    own: 'thu',
    foreign: '',
  },
  {
    operation: 'orderZone',
    ask: (t) => ['POST', `/zones/${t.zone}/order`, { version: 1, number: '1/QĐ' }],
    own: 'thu',
    foreign: '',
  },
  {
    operation: 'notifyZone',
    ask: (t) => ['POST', `/zones/${t.zone}/notice`, { version: 1 }],
    own: 'minh thu',
    foreign: 'strangerOfficer',
  },
  {
    operation: 'extendZone',
    ask: (t) => [
      'POST',
      `/zones/${t.zone}/extension`,
      { version: 1, endsAt: '2026-12-20T00:00:00Z', reason: 'Còn ca' },
    ],
    own: 'thu',
    foreign: '',
  },
  {
    operation: 'liftZone',
    ask: (t) => ['POST', `/zones/${t.zone}/lifting`, { version: 1, reason: 'Hết ca' }],
    own: 'thu',
    foreign: '',
  },
  { operation: 'listMyReadings', ask: () => ['GET', '/me/readings'], own: CITIZENS },
  {
    operation: 'listReadings',
    ask: (t) => ['GET', `/readings?personId=${t.person}`],
    own: 'nga',
    foreign: '',
  },
  { operation: 'listAudit', ask: () => ['GET', '/audit'], own: 'nga' },
]
