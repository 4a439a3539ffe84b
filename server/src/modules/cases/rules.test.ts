import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { addDays, dayIn } from '../../platform/days.ts'
import { getProfile, listProfiles, readProfile } from './profiles.ts'
import { assertLikelyDays, caseNumber, ruleFor, window } from './rules.ts'

const covid = getProfile('covid-19', 1)
const measles = getProfile('measles', 1)
const VIETNAM = 'Asia/Ho_Chi_Minh'
const unknown = { onsetOn: null, sampledOn: null, isolatedAt: null }
const iso = ({ from, to }: { from: Date; to: Date }) => [from.toISOString(), to.toISOString()]

const windows = [
  [
    'COVID-19 from onset, not isolated',
    covid,
    { onsetOn: '2026-11-20' },
    '2026-11-17T17:00',
    '2026-12-04T17:00',
  ],
  [
    'COVID-19 until isolation',
    covid,
    { onsetOn: '2026-11-20', isolatedAt: '2026-11-22T03:15' },
    '2026-11-17T17:00',
    '2026-11-22T03:15',
  ],
  ['COVID-19 without symptoms', covid, { sampledOn: '2026-11-20' }, '2026-11-17T17:00', '2026-12-04T17:00'],
  [
    'onset comes before the sample',
    covid,
    { onsetOn: '2026-11-18', sampledOn: '2026-11-20' },
    '2026-11-15T17:00',
    '2026-12-02T17:00',
  ],
  [
    'isolated before it could infect',
    covid,
    { onsetOn: '2026-11-20', isolatedAt: '2026-11-01T00:00' },
    '2026-11-17T17:00',
    '2026-11-17T17:00',
  ],
  [
    'isolated long after',
    covid,
    { onsetOn: '2026-11-20', isolatedAt: '2026-12-20T00:00' },
    '2026-11-17T17:00',
    '2026-12-04T17:00',
  ],
  [
    'measles is counted in days only',
    measles,
    { onsetOn: '2026-11-20', isolatedAt: '2026-11-21T00:00' },
    '2026-11-15T17:00',
    '2026-11-24T17:00',
  ],
] as const

for (const [title, profile, { isolatedAt, ...dates }, from, to] of windows as typeof windows &
  readonly (readonly [string, typeof covid, { isolatedAt?: string }, string, string])[])
  test(`window: ${title}`, () => {
    const given = { ...unknown, ...dates, isolatedAt: isolatedAt ? new Date(`${isolatedAt}Z`) : null }
    assert.deepEqual(iso(window(profile, given, VIETNAM)), [`${from}:00.000Z`, `${to}:00.000Z`])
  })

test('the reason names the date, the rule and its source, in both languages', () => {
  const { reason } = window(covid, { ...unknown, onsetOn: '2026-11-20' }, VIETNAM)
  assert.match(
    reason.vi,
    /^Từ 2 ngày trước ngày khởi phát triệu chứng 20\/11\/2026, đến hết ngày 04\/12\/2026/,
  )
  assert.match(reason.vi, /bản 1\. Nguồn: 11042\/BYT-DP/)
  assert.match(
    reason.en,
    /^From 2 days before the first day of symptoms, 20\/11\/2026, to the end of 04\/12\/2026/,
  )
  const isolated = window(
    covid,
    { ...unknown, onsetOn: '2026-11-20', isolatedAt: new Date('2026-11-22T03:15Z') },
    VIETNAM,
  )
  assert.match(isolated.reason.vi, /cách ly lúc 10:15 22\/11\/2026/)
})

test('without a day there is no window', () => {
  assert.throws(() => window(covid, unknown, VIETNAM), { code: 'case.anchorMissing' })
})

test('in every zone a window begins and ends at midnight, and holds whole days', () => {
  const zones = fc.constantFrom(
    VIETNAM,
    'UTC',
    'Europe/Berlin',
    'America/New_York',
    'Asia/Kathmandu',
    'Australia/Lord_Howe',
  )
  const days = fc.integer({ min: 0, max: 700 }).map((n) => addDays('2025-01-01', n))
  fc.assert(
    fc.property(zones, days, (zone, onsetOn) => {
      const { from, to } = window(covid, { ...unknown, onsetOn }, zone)
      assert.equal(dayIn(zone, from), addDays(onsetOn, -2))
      assert.equal(dayIn(zone, new Date(from.getTime() - 1)), addDays(onsetOn, -3))
      assert.equal(dayIn(zone, new Date(to.getTime() - 1)), addDays(onsetOn, 14))
      assert.equal(dayIn(zone, to), addDays(onsetOn, 15))
    }),
  )
})

test('a day is likely within the last year and since birth', () => {
  const likely = { today: '2026-11-22', born: '2026-06-01' }
  assertLikelyDays({ onsetOn: '2026-11-22', sampledOn: '2026-06-01', other: null }, likely)
  for (const day of ['2026-11-23', '2026-05-31'])
    assert.throws(() => assertLikelyDays({ onsetOn: day }, likely), { code: 'case.dayUnlikely' })
  assertLikelyDays({ onsetOn: '2025-11-22' }, { ...likely, born: null })
  assert.throws(() => assertLikelyDays({ onsetOn: '2025-11-21' }, { ...likely, born: null }), {
    code: 'case.dayUnlikely',
  })
})

test('numbers carry the unit and the year, and may grow', () => {
  assert.equal(caseNumber('22366', 2026, 1), '22366-2026-0001')
  assert.equal(caseNumber('22366', 2026, 12345), '22366-2026-12345')
})

test('profiles ship with sources, and a faulty file stops the start', () => {
  assert.deepEqual(
    listProfiles('2026-11-22').map(({ id }) => id),
    ['covid-19', 'measles', 'mers'],
  )
  assert.deepEqual(listProfiles('2019-01-01'), [])
  const text = JSON.stringify(covid)
  assert.deepEqual(readProfile('covid-19', '1.json', text), covid)
  assert.throws(() => readProfile('covid-19', '2.json', text), /says that it is version 1/)
  assert.throws(() => readProfile('flu', '1.json', text), /says that it is version 1 of covid-19/)
  assert.throws(() => readProfile('covid-19', '1.json', JSON.stringify({ ...covid, anchors: [] })), /anchors/)
  assert.throws(
    () => readProfile('covid-19', '1.json', JSON.stringify({ ...covid, sources: undefined })),
    /data\/diseases\/covid-19\/1.json/,
  )
  assert.throws(
    () => readProfile('covid-19', '1.json', JSON.stringify({ ...covid, validTo: '2020-01-01' })),
    /ends before/,
  )
  const rules = { ...after.contactRules, unknownMaskAs: 'unmasked' }
  const otherwise = { ...after, contactRules: rules }
  assert.throws(
    () => readProfile('covid-19', '3.json', JSON.stringify(otherwise)),
    /minOverlapSeconds is not what unknownMaskAs says/,
  )
  assert.equal(
    readProfile('covid-19', '3.json', JSON.stringify({ ...otherwise, minOverlapSeconds: 0 }))
      .minOverlapSeconds,
    0,
  )
})

// Profile, ventilation, masks → whether being together there counts, after how long, and how long the air infects.
const before = getProfile('covid-19', 2)
const after = getProfile('covid-19', 3)
const measlesByPlace = getProfile('measles', 2)
const contactRules = [
  // 11042/BYT-DP, 29/12/2021: masked 15 minutes in the same closed space, unmasked any time.
  [after, 'sealed', true, [true, 900, 3600, 'masked']],
  [after, 'sealed', false, [true, 0, 3600, 'unmasked']],
  [after, 'natural', true, [true, 900, 900, 'masked']],
  [after, 'conditioned', null, [true, 900, 1800, 'masked']], // not known: as a trace counts
  [after, 'open', true, [false, 900, 0, 'masked']], // outside, only who was within 2 m
  // 5053/QĐ-BYT and 3638/QĐ-BYT: within 2 m, whatever the time, mask or place.
  [before, 'conditioned', true, [true, 0, 1800, 'masked']],
  [before, 'open', null, [true, 0, 0, 'unmasked']],
  // WHO: the virus of measles stays in the air for up to 2 hours; masks change nothing.
  [measlesByPlace, 'sealed', true, [true, 0, 7200, 'masked']],
  [measlesByPlace, 'natural', null, [true, 0, 3600, 'unmasked']],
  [measlesByPlace, 'open', null, [false, 0, 0, 'unmasked']],
  // A version from before rules by place has one rule, for all of them.
  [covid, 'sealed', null, [true, 900, 1800, 'masked']],
  [covid, 'open', false, [true, 900, 1800, 'masked']],
  [measles, 'natural', true, [true, 0, 7200, 'masked']],
] as const

for (const [profile, ventilation, masked, expected] of contactRules)
  test(`contacts: ${profile.id} ${profile.version}, ${ventilation}, masked: ${masked}`, () => {
    const rule = ruleFor(profile, { ventilation }, masked)
    const { sameSpaceCounts, minOverlapSeconds, airingSeconds, maskedAs } = rule
    assert.deepEqual([sameSpaceCounts, minOverlapSeconds, airingSeconds, maskedAs], expected)
    assert.match(rule.reason.vi, new RegExp(`bản ${profile.version}\\.$`))
  })

test('a rule says what it takes for granted', () => {
  const said = (masked: boolean | null) => ruleFor(after, { ventilation: 'conditioned' }, masked).reason
  assert.match(said(null).vi, /từ 15 phút, không rõ khẩu trang, tính như có/)
  assert.match(said(null).en, /for 15 minutes or more, masks not known, counted as worn/)
  assert.match(said(true).en, /for 15 minutes or more, masked/)
  assert.match(after.assumptions.en, /aboard a vehicle the same zone is sure/)
})

test('the window of a day is that of its time: three days before until 29 December 2021, two since', () => {
  const dates = { ...unknown, onsetOn: '2021-08-10' }
  assert.equal(window(before, dates, VIETNAM).from.toISOString(), '2021-08-06T17:00:00.000Z')
  assert.equal(window(after, dates, VIETNAM).from.toISOString(), '2021-08-07T17:00:00.000Z')
  const versionOn = (day: string) => listProfiles(day).find(({ id }) => id === 'covid-19')?.version
  assert.deepEqual(['2020-12-02', '2021-12-28', '2021-12-29', '2026-11-22'].map(versionOn), [
    undefined,
    2,
    3,
    3,
  ])
})
