import { kindList, kindNumber } from './kinds.ts'
import { FAVOURITE, type Province, ROLE } from './province.ts'
import { chanceOf, draw, logNormal, mix, Random } from './random.ts'

const MINUTE = 60
const HOUR = 3600
export const DAY = 86_400

/** Nobody stays a shorter time at a place that is scanned. */
const SHORTEST = 3 * MINUTE

/** Everybody is home by then, but for the night shift. */
const BEDTIME = 23.4 * HOUR
const DAWN = DAY + 7 * HOUR

const spread = { visit: logNormal(0.75), ride: logNormal(0.5), work: logNormal(0.08) }

/** Stays in columns, in seconds since the first midnight of the simulation. */
export class Stays {
  count = 0
  readonly person: Int32Array
  readonly place: Int32Array
  readonly arrived: Int32Array
  readonly left: Int32Array

  constructor(most: number) {
    this.person = new Int32Array(most)
    this.place = new Int32Array(most)
    this.arrived = new Int32Array(most)
    this.left = new Int32Array(most)
  }
}

/** No plan of a day is longer. */
export const MOST_A_DAY = 16

/** A shift begins at 6, 14 or 22, another one each week; the last one ends on the next day. */
const SHIFT = [6, 14, 22] as const
const NIGHT = 2

/**
 * Writes down where somebody is on a day. What comes out depends on the province, the person and the day alone, so
 * that days and people may be asked for in any order, and twice.
 */
export class Planner {
  readonly #province: Province
  readonly #random = new Random(0)
  #stays!: Stays
  #person = 0
  #day = 0
  /** Where the person's time has arrived, in seconds of the day. */
  #now = 0

  constructor(province: Province) {
    this.#province = province
  }

  plan(person: number, day: number, stays: Stays) {
    const { people, weekdayOf, seed } = this.#province
    const random = this.#random
    random.reseed(mix(seed, 5, person, day))
    this.#stays = stays
    this.#person = person
    this.#day = day
    this.#now = Math.floor((5.2 + 1.6 * random.next()) * HOUR)
    const isWeekend = weekdayOf(day) >= 5
    const role = people.role[person]!
    if (role === ROLE.shifts) return this.#shiftDay()
    if (isWeekend || people.age[person]! > 90) return this.#freeDay(role)
    if (role === ROLE.works) return this.#workDay()
    if (role === ROLE.pupil) return this.#schoolDay()
    if (role === ROLE.outdoors) return this.#dayOutdoors()
    return this.#freeDay(role)
  }

  // — kinds of days

  #workDay() {
    const { workplace } = this.#province.people
    const random = this.#random
    const place = workplace[this.#person]!
    const { opens, closes } = this.#kindOf(place)
    if (random.isLucky(0.25)) this.#visit(FAVOURITE.cafe, 0.6)
    const rides = this.#rides()
    if (rides) this.#ride()
    // Shops and restaurants open in the morning and close in the evening: half of those who work there come later.
    const isLong = closes - opens > 12 * HOUR
    const late = isLong && chanceOf(this.#province.seed, 6, this.#person) < 0.4 ? 6 * HOUR : 0
    const begin = Math.max(opens, Math.floor((6.9 + 1.4 * random.next()) * HOUR)) + late
    if (late > 0) this.#errands(1, begin - HOUR)
    if (!late && random.isLucky(0.35)) {
      this.#stay(place, begin, Math.floor(4 * HOUR * draw(spread.work, random)))
      this.#visit(FAVOURITE.restaurant, 0.7)
      this.#stay(place, this.#now + 6 * MINUTE, Math.floor(4 * HOUR * draw(spread.work, random)))
    } else this.#stay(place, begin, Math.floor(8.2 * HOUR * draw(spread.work, random)))
    if (rides) this.#ride()
    this.#errands(this.#some(2.5))
  }

  #schoolDay() {
    const random = this.#random
    const place = this.#province.people.workplace[this.#person]!
    const isGrown = this.#province.people.age[this.#person]! > 14
    if (isGrown && this.#rides()) this.#ride()
    this.#stay(
      place,
      Math.floor((6.6 + 0.6 * random.next()) * HOUR),
      Math.floor(7 * HOUR * draw(spread.work, random)),
    )
    if (isGrown && this.#rides()) this.#ride()
    this.#errands(this.#some(isGrown ? 2.8 : 1.9))
  }

  #shiftDay() {
    const { seed, people, weekdayOf } = this.#province
    const weekday = weekdayOf(this.#day)
    const shift = shiftOf(seed, this.#person, this.#day - weekday)
    if (shift === NIGHT && weekday > 0) this.#now = Math.floor(12.5 * HOUR) // slept until noon
    const place = people.workplace[this.#person]!
    if (weekday === 6) return this.#errands(this.#some(4))
    const begin = SHIFT[shift]! * HOUR + this.#random.between(-12, 4) * MINUTE
    if (shift > 0) this.#errands(this.#some(shift === NIGHT ? 3 : 2.5), begin - HOUR)
    this.#stay(place, begin, 8 * HOUR + this.#random.between(0, 20) * MINUTE, DAWN)
    if (shift !== NIGHT) this.#errands(this.#some(shift === 0 ? 3 : 0.5))
  }

  #dayOutdoors() {
    if (this.#random.isLucky(0.45)) this.#visit(FAVOURITE.cafe, 0.8)
    this.#errands(this.#some(1), 11 * HOUR)
    this.#now = Math.max(this.#now, Math.floor((15 + 2 * this.#random.next()) * HOUR))
    this.#errands(this.#some(3.2))
  }

  #freeDay(role: number) {
    const random = this.#random
    const { people, weekdayOf } = this.#province
    if (role === ROLE.small) return this.#errands(this.#some(1.6))
    const age = people.age[this.#person]!
    if (age < 80 && random.isLucky(weekdayOf(this.#day) >= 5 ? 0.05 : 0.02)) this.#attend()
    const wanted = age < 15 ? 3.3 : age < 65 ? 5.3 : age < 80 ? 4.4 : 2.2
    const mornings = Math.round(wanted * 0.45)
    if (this.#rides()) this.#ride()
    this.#errands(mornings, 12 * HOUR)
    this.#now = Math.max(this.#now, Math.floor((13.5 + 2 * random.next()) * HOUR))
    this.#errands(this.#some(wanted - mornings))
  }

  // — pieces of a day

  /** A wedding at noon or in the evening, a funeral in the morning. */
  #attend() {
    const { people, eventOf, places } = this.#province
    const random = this.#random
    const place = eventOf(this.#day, people.commune[this.#person]!, random.next())
    if (place < 0) return
    const begin =
      places.kind[place] === kindNumber.funeral
        ? 8
        : chanceOf(this.#province.seed, 7, place) < 0.5
          ? 10.6
          : 17
    if (begin > 12) this.#errands(1, 14 * HOUR)
    const { stay } = this.#kindOf(place)
    this.#stay(
      place,
      Math.floor((begin + 0.6 * random.next()) * HOUR),
      Math.floor(stay * MINUTE * draw(spread.ride, random)),
    )
  }

  /** So many things to do, one after the other; all of them done before `until`. */
  #errands(wanted: number, until: number = BEDTIME) {
    for (let at = 0; at < wanted; at++) {
      if (this.#now > until - 20 * MINUTE) return
      const share = this.#random.next()
      const age = this.#province.people.age[this.#person]!
      if (share < 0.06) this.#visit(FAVOURITE.market, 1, until)
      else if (share < 0.31) this.#visit(FAVOURITE.shop, 1, until)
      else if (share < 0.51) this.#visit(FAVOURITE.otherShop, 1, until)
      else if (share < 0.68) this.#visit(FAVOURITE.cafe, 1, until)
      else if (share < 0.78) this.#visit(FAVOURITE.restaurant, 1, until)
      else if (share < 0.82) this.#visit(FAVOURITE.supermarket, 1, until)
      else if (share < 0.89) this.#visit(age < 8 ? FAVOURITE.shop : FAVOURITE.leisure, 1, until)
      else if (share < 0.95) this.#visit(age > 45 ? FAVOURITE.religious : FAVOURITE.otherShop, 1, until)
      else if (share < 0.955 + age / 4000) this.#visit(FAVOURITE.hospital, 1, until)
      else this.#ride()
    }
  }

  /** Mostly a place where the person always goes, else another one near home or somewhere. */
  #visit(position: number, length: number, until: number = BEDTIME) {
    const { people, places, favouriteOf, placeOf, near } = this.#province
    const random = this.#random
    const favourite = favouriteOf(this.#person, position)
    if (favourite < 0) return
    const share = random.next()
    let place = favourite
    if (share > 0.75) {
      const around = near[people.commune[this.#person]!]!
      const commune =
        share < 0.94 ? around[0]! : share < 0.985 ? around[random.between(0, around.length - 1)]! : -1
      place = placeOf(places.kind[favourite]!, commune, random.next())
    }
    const minutes = this.#kindOf(place).stay * length * draw(spread.visit, random)
    const begin = this.#now + random.between(7, 32) * MINUTE + random.between(0, 59)
    this.#stay(place, begin, Math.floor(minutes * MINUTE), until)
  }

  #ride() {
    const { people, favouriteOf, placeOf } = this.#province
    const random = this.#random
    const place = random.isLucky(0.6)
      ? favouriteOf(this.#person, FAVOURITE.bus)
      : placeOf(kindNumber.vehicle, people.commune[this.#person]!, random.next())
    const begin = this.#now + random.between(4, 14) * MINUTE + random.between(0, 59)
    this.#stay(place, begin, Math.floor(this.#kindOf(place).stay * MINUTE * draw(spread.ride, random)))
  }

  #rides() {
    return chanceOf(this.#province.seed, 8, this.#person) < 0.14
  }

  #some(wanted: number) {
    return Math.floor(wanted + this.#random.next())
  }

  #kindOf(place: number) {
    return kindList[this.#province.places.kind[place]!]!
  }

  /** Whoever is not free yet comes later, before it opens nobody does, and when it closes everybody leaves. */
  #stay(place: number, wanted: number, seconds: number, until: number = BEDTIME) {
    const { opens, closes } = this.#kindOf(place)
    const begin = Math.max(wanted, this.#now, opens)
    const end = Math.min(begin + Math.max(SHORTEST, seconds), until, closes === DAY ? until : closes)
    if (end - begin < SHORTEST) return
    const stays = this.#stays
    const midnight = this.#day * DAY
    stays.person[stays.count] = this.#person
    stays.place[stays.count] = place
    stays.arrived[stays.count] = midnight + begin
    stays.left[stays.count] = midnight + end
    stays.count++
    this.#now = end + MINUTE
  }
}

const shiftOf = (seed: number, person: number, monday: number) =>
  (mix(seed, 9, person) + Math.floor((monday + 7000) / 7)) % 3
