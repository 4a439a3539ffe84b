const HOUR = 3600

/**
 * What the simulation knows of a kind of place. Stays lie within `opens` and `closes` (seconds of the day); `stay` is the
 * median of a visit in minutes; `risk` is how likely an hour next to an infectious person infects; `close` is how many
 * people are next to each other there.
 */
export type Kind = {
  /** As data/places/kinds.json has it. */
  code: string
  name: string
  opens: number
  closes: number
  stay: number
  risk: number
  close: number
  /** How many there are for a thousand people; 0: as many as those who work or learn there need. */
  perThousand: number
  /** People for one place, where need decides. */
  size?: number
  /** How many times as many people as the least popular place the most popular one draws. */
  spread: number
  /** Every commune has one. */
  everywhere?: boolean
}

const kind = (
  code: string,
  name: string,
  [opens, closes]: readonly [number, number],
  stay: number,
  risk: number,
  close: number,
  rest: Pick<Kind, 'perThousand' | 'spread' | 'size' | 'everywhere'>,
): Kind => ({ code, name, opens: opens * HOUR, closes: closes * HOUR, stay, risk, close, ...rest })

const school = (name: string, size: number, close: number) =>
  kind('school', name, [6.5, 18], 420, 0.0026, close, { perThousand: 0, size, spread: 2 })

const kinds = {
  office: kind('office', 'Văn phòng', [7, 18], 480, 0.0026, 12, { perThousand: 0, spread: 10, size: 25 }),
  factory: kind('factory', 'Xưởng', [0, 24], 480, 0.0022, 15, { perThousand: 0, spread: 10, size: 80 }),
  zone: kind('industrial-zone', 'Khu công nghiệp', [0, 24], 480, 0.0022, 20, {
    perThousand: 0,
    spread: 4,
    size: 900,
  }),
  business: kind('business', 'Cơ sở', [7, 21], 480, 0.0026, 8, { perThousand: 0, spread: 5, size: 9 }),
  nursery: school('Trường mầm non', 220, 25),
  primary: school('Trường tiểu học', 550, 35),
  secondary: school('Trường trung học cơ sở', 600, 40),
  high: school('Trường trung học phổ thông', 900, 40),
  college: school('Trường cao đẳng', 2500, 45),
  restaurant: kind('restaurant', 'Quán', [6, 22], 50, 0.0088, 12, {
    perThousand: 14,
    spread: 15,
    everywhere: true,
  }),
  entertainment: kind('entertainment', 'Karaoke', [14, 24], 95, 0.0198, 14, { perThousand: 0.8, spread: 10 }),
  gym: kind('gym', 'Phòng tập', [5, 22], 65, 0.0088, 12, { perThousand: 0.4, spread: 5 }),
  hospital: kind('hospital', 'Phòng khám', [0, 24], 75, 0.0044, 10, {
    perThousand: 0.12,
    spread: 10,
    everywhere: true,
  }),
  mall: kind('mall', 'Trung tâm thương mại', [9, 22], 70, 0.0033, 10, { perThousand: 0.06, spread: 3 }),
  supermarket: kind('supermarket', 'Siêu thị', [7, 22], 43, 0.0022, 8, { perThousand: 0.6, spread: 10 }),
  market: kind('market', 'Chợ', [5, 19], 48, 0.0033, 12, { perThousand: 0.5, spread: 5, everywhere: true }),
  shop: kind('shop', 'Cửa hàng', [6, 22], 34, 0.0033, 6, { perThousand: 30, spread: 15, everywhere: true }),
  vehicle: kind('vehicle', 'Xe buýt', [5, 22], 24, 0.0088, 10, {
    perThousand: 0.6,
    spread: 3,
    everywhere: true,
  }),
  tourism: kind('tourism', 'Khu du lịch', [7, 18], 110, 0.0011, 8, { perThousand: 0.16, spread: 10 }),
  religious: kind('religious', 'Chùa', [5, 21], 60, 0.0066, 15, {
    perThousand: 0.6,
    spread: 10,
    everywhere: true,
  }),
  wedding: kind('wedding', 'Đám cưới', [9, 21], 120, 0.011, 12, { perThousand: 0, spread: 3 }),
  funeral: kind('funeral', 'Đám tang', [7, 19], 80, 0.0088, 12, { perThousand: 0, spread: 3 }),
} as const satisfies Record<string, Kind>

export type KindName = keyof typeof kinds
export const kindNames = Object.keys(kinds) as KindName[]
/** By the number that places carry. */
export const kindList: readonly Kind[] = Object.values(kinds)
export const kindNumber = Object.fromEntries(kindNames.map((name, at) => [name, at])) as Record<
  KindName,
  number
>
