import type { ScanOutcome } from '#lib/offline/told.ts'
import type { Direction } from './settings.ts'

interface Move {
  who: string
  /** By how much the scan changed how many are inside. */
  by: number
  /** The server has said what it made of it. */
  isHeard: boolean
  /** The server's latest count has it. */
  isCounted: boolean
  isUndone: boolean
  /** The server has still to hear of it, or of its undoing. */
  isOpen: boolean
}

/** What the server's latest count lacks of it. */
const changeOf = (move: Move | undefined) =>
  move ? (move.isUndone ? 0 : move.by) - (move.isCounted ? move.by : 0) : 0

/** The same, of what the server knows by its answers alone. */
const heardOf = (move: Move | undefined) =>
  move?.isHeard ? (move.isUndone && !move.isOpen ? 0 : move.by) - (move.isCounted ? move.by : 0) : 0

/** So many scans are remembered after they were counted: an undo comes within a minute. */
const MOST = 500

/** Who came and went at this gate since the server last counted: each person once, however often they are scanned. */
export class Turnout {
  readonly #moves = new Map<string, Move>()
  readonly #ways = new Map<string, 'in' | 'out'>()
  #moved = 0
  #heard = 0

  /** How many more are inside than the server last said. */
  get moved(): number {
    return this.#moved
  }

  /** How many of them follow from its answers since: the next page begins with these, and reads what waits by itself. */
  get heard(): number {
    return this.#heard
  }

  /** By how much one scan changed it. */
  byOf(id: string): number {
    return this.#moves.get(id)?.by ?? 0
  }

  /** How much of one scan the server has told of, by a count or by its answer. */
  heardOf(id: string): number {
    const move = this.#moves.get(id)
    return move?.isHeard ? move.by : 0
  }

  /** Which way the server will take a scan, as far as this page can tell: whom it has not seen inside comes in. */
  wayOf(who: string, direction: Direction): 'in' | 'out' {
    return direction !== 'auto' ? direction : this.#ways.get(who) === 'in' ? 'out' : 'in'
  }

  /** A scan of which the server has still to hear. */
  keep(id: string, who: string, direction: Direction): void {
    if (this.#moves.has(id)) return
    const way = this.wayOf(who, direction)
    const by = way === this.#ways.get(who) ? 0 : { in: 1, out: -1 }[way]
    this.#ways.set(who, way)
    this.#change(id, { who, by, isHeard: false, isCounted: false, isUndone: false, isOpen: true })
  }

  /** One that an earlier page undid, of which the server has still to hear. */
  keepUndone(id: string, heard: number): void {
    if (this.#moves.has(id)) return
    this.#change(id, { who: '', by: heard, isHeard: true, isCounted: true, isUndone: true, isOpen: true })
  }

  /** What the server made of a scan. */
  learn(id: string, who: string, { outcome, direction, alreadyInside, setAside }: ScanOutcome): void {
    const known = this.#moves.get(id)
    const isMove = outcome !== 'refused' && !setAside && direction !== undefined
    const by = !isMove ? 0 : direction === 'in' ? (alreadyInside ? 0 : 1) : alreadyInside === false ? 0 : -1
    if (isMove) this.#ways.set(known?.who ?? who, direction)
    // What was said already needs no second place in the count.
    if (known && !known.isOpen) return
    this.#change(id, { who, isCounted: false, isUndone: false, ...known, by, isHeard: true, isOpen: false })
  }

  /** `isLater`: the server will be asked when the line is back. False: it stands after all. */
  undo(id: string, isUndone: boolean, isLater = false): void {
    const move = this.#moves.get(id)
    if (!move) return
    this.#change(id, { ...move, isUndone, isOpen: isLater })
    this.#ways.delete(move.who)
  }

  /** Those of which the server knows: to be asked before it counts. Where nothing waits, another page may have sent it. */
  answered(isWaiting: boolean): string[] {
    return [...this.#moves].flatMap(([id, { isOpen, isUndone }]) =>
      isOpen && (isWaiting || isUndone) ? [] : [id],
    )
  }

  /** The server has counted, with these. */
  settle(answered: readonly string[]): void {
    for (const id of answered) {
      const move = this.#moves.get(id)
      if (move?.isUndone) this.#change(id, undefined)
      else if (move) this.#change(id, { ...move, isHeard: true, isCounted: true })
    }
    for (const [id, { isCounted }] of this.#moves) {
      if (this.#moves.size <= MOST) break
      if (isCounted) this.#change(id, undefined)
    }
  }

  #change(id: string, move: Move | undefined): void {
    const known = this.#moves.get(id)
    this.#moved += changeOf(move) - changeOf(known)
    this.#heard += heardOf(move) - heardOf(known)
    if (move) this.#moves.set(id, move)
    else this.#moves.delete(id)
  }
}
