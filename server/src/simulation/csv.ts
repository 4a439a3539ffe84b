import { closeSync, openSync, writeSync } from 'node:fs'
import { DAY, type Stays } from './days.ts'
import { chanceOf } from './random.ts'

const ROOM = 1 << 20
const LONGEST_ROW = 160
const ZERO = 48
const COMMA = 44
const NEWLINE = 10

export const personRef = (person: number) => `p${String(person + 1).padStart(7, '0')}`
export const placeRef = (place: number) => `l${String(place + 1).padStart(6, '0')}`

/** Vietnam has no summer time. */
const OFFSET = '+07:00'
const dayText = (from: string, day: number) =>
  new Date(Date.parse(`${from}T00:00:00Z`) + day * DAY * 1000).toISOString().slice(0, 10)

/** Drawn apart from the stays, so that the same province can be had with more or fewer exits. */
export const hasExit = (seed: number, person: number, arrived: number, share: number) =>
  chanceOf(seed, 40, person, arrived) < share

export class Calendar {
  readonly #from: string
  constructor(from: string) {
    this.#from = from
  }

  /** Of a day, by its number. */
  day(day: number) {
    return dayText(this.#from, day)
  }

  /** Of a moment in seconds since the first midnight, with the offset of Vietnam. */
  moment(seconds: number) {
    const clock = new Date((((seconds % DAY) + DAY) % DAY) * 1000).toISOString().slice(11, 19)
    return `${this.day(Math.floor(seconds / DAY))}T${clock}${OFFSET}`
  }
}

/** A CSV file that grows in constant memory. */
export class CsvFile {
  readonly #file: number
  #lines: string[] = []

  constructor(path: string, header: string) {
    this.#file = openSync(path, 'w', 0o600)
    this.#lines.push(header)
  }

  /** Cells hold no quotation marks and no commas. */
  add(...cells: (string | number)[]) {
    this.#lines.push(cells.join(','))
    if (this.#lines.length >= 10_000) this.#flush()
  }

  #flush() {
    if (this.#lines.length > 0) writeAll(this.#file, Buffer.from(`${this.#lines.join('\n')}\n`))
    this.#lines = []
  }

  close() {
    this.#flush()
    closeSync(this.#file)
  }
}

/** visits.csv, byte by byte: a province has a hundred million rows. */
export class VisitsFile {
  readonly #file: number
  readonly #bytes = Buffer.allocUnsafe(ROOM)
  #at: number
  readonly #calendar: Calendar
  #day = -2
  #dates: [Buffer, Buffer] = [Buffer.alloc(0), Buffer.alloc(0)]
  readonly #seed: number
  readonly #exits: number

  /** `exits` is the share of those who were scanned when they left. */
  constructor(path: string, calendar: Calendar, seed: number, exits: number) {
    this.#file = openSync(path, 'w', 0o600)
    this.#calendar = calendar
    this.#seed = seed
    this.#exits = exits
    this.#at = this.#bytes.write('person,place,in,out\n')
  }

  /** Returns how many have no exit. */
  add({ count, person, place, arrived, left }: Stays): number {
    let open = 0
    for (let at = 0; at < count; at++) {
      if (this.#at > ROOM - LONGEST_ROW) this.#flush()
      this.#ref(112, person[at]! + 1, 7)
      this.#bytes[this.#at++] = COMMA
      this.#ref(108, place[at]! + 1, 6)
      this.#bytes[this.#at++] = COMMA
      this.#moment(arrived[at]!)
      this.#bytes[this.#at++] = COMMA
      if (hasExit(this.#seed, person[at]!, arrived[at]!, this.#exits)) this.#moment(left[at]!)
      else open++
      this.#bytes[this.#at++] = NEWLINE
    }
    return open
  }

  #ref(letter: number, number: number, digits: number) {
    this.#bytes[this.#at++] = letter
    let width = digits
    while (number >= 10 ** width) width++
    let rest = number
    for (let at = this.#at + width - 1; at >= this.#at; at--) {
      this.#bytes[at] = ZERO + (rest % 10)
      rest = (rest / 10) | 0
    }
    this.#at += width
  }

  #moment(seconds: number) {
    const day = (seconds / DAY) | 0
    if (day !== this.#day && day !== this.#day + 1) {
      this.#day = day
      const date = (at: number) => Buffer.from(`${this.#calendar.day(at)}T`)
      this.#dates = [date(day), date(day + 1)]
    }
    this.#at += this.#dates[day - this.#day]!.copy(this.#bytes, this.#at)
    const clock = seconds - day * DAY
    this.#two((clock / 3600) | 0)
    this.#bytes[this.#at++] = 58
    this.#two(((clock / 60) | 0) % 60)
    this.#bytes[this.#at++] = 58
    this.#two(clock % 60)
    for (let at = 0; at < OFFSET.length; at++) this.#bytes[this.#at++] = OFFSET.charCodeAt(at)
  }

  #two(number: number) {
    this.#bytes[this.#at++] = ZERO + ((number / 10) | 0)
    this.#bytes[this.#at++] = ZERO + (number % 10)
  }

  #flush() {
    writeAll(this.#file, this.#bytes.subarray(0, this.#at))
    this.#at = 0
  }

  close() {
    this.#flush()
    closeSync(this.#file)
  }
}

function writeAll(file: number, bytes: Buffer) {
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at)
}
