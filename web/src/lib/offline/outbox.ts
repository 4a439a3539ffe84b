import { type DBSchema, type IDBPDatabase, openDB } from 'idb'
import { madeAt } from './ids.ts'
import type { GateFacts, Revoked } from './told.ts'

export type Direction = 'in' | 'out' | 'auto'

/** A scan as the gate sends it: made here, so that it may be sent twice, late and out of order. */
export interface Scan {
  id: string
  placeId: string
  /** ISO 8601, by the server's clock as far as this device knows it. */
  at: string
  direction: Direction
  code: string
  /** Which of the place's gates. */
  gate?: string
  /** Of a vehicle: where people got on or off, and where they sit. */
  stop?: string
  zone?: string
  /** The device's clock minus the server's. */
  skewSeconds?: number
  /** Copied from a list on paper. */
  keyedIn?: boolean
  /** Asked once, of those whose card has none: their own or a relative's. */
  phone?: string
  /** The guard knows that the typed number is this person's. */
  vouched?: boolean
  /** The person confirmed the typed number by a code: the id is that of the challenge. */
  confirmed?: boolean
  /** What was said aloud to match a paper card, or stands beside a number on a list. */
  given?: { birthYear?: number; name?: string; about?: string }
}

/** "The same person again": names an earlier scan instead of a code. */
export const seenCode = (id: string): string => `seen:${id}`
export const seenIn = ({ code }: Scan): string | undefined =>
  code.startsWith('seen:') ? code.slice('seen:'.length) : undefined

/** A moment of the device's own clock, in its stretch; `skew` where it was known then. */
export interface DeviceMoment {
  at: number
  stretch: string
  skew: number | null
}

/** A scan with what the device has to know until it is handed over. */
export interface KeptScan extends Scan {
  placeName: string
  gateName?: string
  /** What kind of code it was, for lists: nothing that names anybody. */
  kind: string
  /** The same for the same person, whichever of their codes it was; absent: the code. */
  who?: string
  /** The phone or account that guarded when it was taken. */
  takenBy?: string | undefined
  /** From this `at` follows; absent where somebody typed the time. */
  device?: DeviceMoment
  /** It was on the wire: from then on nothing about it may change. */
  sent: boolean
  /** It is not sent again before this moment of the device's clock. */
  notBefore: number
  /** Why the server did not take it yet, though another session or a later hour may cure that. */
  held?: { code: string; title: string }
  /** The guard was told at the door already that this person is to wait. */
  shownRed?: boolean
}

/** A scan that the server refused for good. It is kept whole until a guard has decided. */
export interface RefusedScan extends KeptScan {
  reason: { code: string; title: string }
  /** Nobody was told at the door: it had waited. */
  late: boolean
}

/** Sent, and to be undone as soon as the server can be asked. */
export interface Undoing {
  id: string
  placeId: string
  /** When the guard asked for it; absent in what an older page left. */
  device?: DeviceMoment
  /** How much of it is in the number of those inside that is kept with the gate's facts. */
  heard?: number
}

/** People who come and go together, kept on this device alone. */
export interface Group {
  id: string
  placeId: string
  name: string
  members: Member[]
  /** The scans that it made last, and how those members were before: to undo them. */
  sent?: { at: string; ids: string[]; before: Pick<Member, 'id' | 'went'>[] } | undefined
}

export interface Member {
  id: string
  code: string
  kind: string
  /** As the guard calls them: a masked name, or what was typed. */
  label: string
  /** When the scan was made by which they are known (`seen:`); it is good for a day. */
  scannedAt?: string
  /** Which way they were recorded last, alone or with the group. */
  went?: { direction: Direction; at: string } | undefined
  /** The guard was asked, and answers for the typed number. */
  vouched?: boolean
  birthYear?: number | null
}

export interface SeenCode {
  key: string
  at: number
  direction: Direction
}

/** What the guard saw last at a place, as the page shows it: masked names at most. */
export interface RecentRows {
  placeId: string
  rows: unknown[]
}

export interface Waiting {
  count: number
  oldestAt: number | null
  places: { id: string; name: string; count: number }[]
}

interface Stores extends DBSchema {
  waiting: { key: string; value: KeptScan; indexes: { turn: [string, number] } }
  refused: { key: string; value: RefusedScan; indexes: { at: string } }
  undoing: { key: string; value: Undoing }
  facts: { key: string; value: GateFacts }
  groups: { key: string; value: Group; indexes: { placeId: string } }
  seen: { key: string; value: SeenCode; indexes: { at: number } }
  revoked: { key: string; value: Revoked['codes'][number]; indexes: { until: string } }
  versions: { key: 'revoked'; value: string }
  recent: { key: string; value: RecentRows }
  phoned: { key: number; value: { key: number; at: number }; indexes: { at: number } }
}

const NAME = 'lachan-gate'
const VERSION = 3

/** What a gate has scanned and not yet handed over. It outlives the page, the battery and the sign-in. */
export class Outbox {
  readonly #db: IDBPDatabase<Stores>

  private constructor(db: IDBPDatabase<Stores>) {
    this.#db = db
  }

  /** `onoutdated`: another tab has a newer page, and this one can keep nothing any more until it is loaded again. */
  static async open(onoutdated: () => void): Promise<Outbox> {
    const db = await openDB<Stores>(NAME, VERSION, {
      async upgrade(db, from, _to, change) {
        if (from < 1) {
          db.createObjectStore('waiting', { keyPath: 'id' })
          db.createObjectStore('refused', { keyPath: 'id' }).createIndex('at', 'at')
        }
        if (from < 2) {
          change.objectStore('waiting').createIndex('turn', ['placeId', 'notBefore'])
          db.createObjectStore('undoing', { keyPath: 'id' })
          db.createObjectStore('facts', { keyPath: 'place.id' })
          db.createObjectStore('groups', { keyPath: 'id' }).createIndex('placeId', 'placeId')
          db.createObjectStore('seen', { keyPath: 'key' }).createIndex('at', 'at')
        }
        if (from < 3) {
          const revoked = db.createObjectStore('revoked', { keyPath: 'id' })
          revoked.createIndex('until', 'until')
          db.createObjectStore('versions')
          // The list of the earlier page holds until the whole has been told anew.
          for (const facts of await change.objectStore('facts').getAll())
            for (const id of (facts as { revokedCodes?: string[] }).revokedCodes ?? []) revoked.put({ id })
          db.createObjectStore('recent', { keyPath: 'placeId' })
          db.createObjectStore('phoned', { keyPath: 'key' }).createIndex('at', 'at')
        }
        if (from === 1) {
          // It may have been on the wire already, so its time stays as it is.
          const old = { placeName: '', kind: 'own', sent: true, notBefore: 0 }
          for (let row = await change.objectStore('waiting').openCursor(); row; row = await row.continue())
            await row.update({ ...old, ...row.value })
          const told = { reason: { code: '', title: '' }, late: true, placeId: '', code: '' }
          for (let row = await change.objectStore('refused').openCursor(); row; row = await row.continue())
            await row.update({
              ...told,
              ...old,
              ...row.value,
              reason: { code: '', title: `${row.value.reason}` },
            })
        }
      },
      blocking(_from, _to, event) {
        ;(event.target as IDBDatabase).close()
        onoutdated()
      },
    })
    return new Outbox(db)
  }

  /** Resolves when the scans are on the disk of the device. */
  async keep(...scans: readonly KeptScan[]): Promise<void> {
    const write = this.#db.transaction('waiting', 'readwrite', { durability: 'strict' })
    await Promise.all([...scans.map((scan) => write.store.put(scan)), write.done])
  }

  /** Writes these scans anew, but those that wait no more; answers the others. */
  async rewrite(scans: readonly KeptScan[]): Promise<KeptScan[]> {
    const write = this.#db.transaction('waiting', 'readwrite', { durability: 'strict' })
    const keys = await Promise.all(scans.map(({ id }) => write.store.getKey(id)))
    const there = scans.filter((_, at) => keys[at] !== undefined)
    for (const scan of there) write.store.put(scan)
    await write.done
    return there
  }

  /** What may be sent for this place now, the longest kept first. */
  listReady(placeId: string, now: number, most?: number): Promise<KeptScan[]> {
    return this.#db.getAllFromIndex('waiting', 'turn', IDBKeyRange.bound([placeId, 0], [placeId, now]), most)
  }

  async countWaiting(): Promise<Waiting> {
    const { store } = this.#db.transaction('waiting')
    // Ids begin with the time at which they were made, whatever hour a list on paper says.
    const [count, [oldest]] = await Promise.all([store.count(), store.getAllKeys(null, 1)])
    const places: Waiting['places'] = []
    const turn = store.index('turn')
    for (let row = await turn.openCursor(); row; ) {
      const { placeId: id, placeName: name } = row.value
      places.push({ id, name, count: await turn.count(IDBKeyRange.bound([id, 0], [id, []])) })
      row = await row.continue([id, []] as unknown as [string, number])
    }
    return { count, oldestAt: oldest === undefined ? null : madeAt(oldest), places }
  }

  async isWaiting(id: string): Promise<boolean> {
    return (await this.#db.getKey('waiting', id)) !== undefined
  }

  /** Adds the phone to a scan that waits; false: it waits no more. The server compares all but the phone. */
  async addPhone(id: string, phone: string): Promise<boolean> {
    const write = this.#db.transaction('waiting', 'readwrite', { durability: 'strict' })
    const scan = await write.store.get(id)
    if (scan) await write.store.put({ ...scan, phone })
    await write.done
    return scan !== undefined
  }

  /** Whether the scan waited and never was on the wire; then it is gone. */
  async takeBack(id: string): Promise<boolean> {
    const write = this.#db.transaction('waiting', 'readwrite')
    const scan = await write.store.get(id)
    if (scan && !scan.sent) await write.store.delete(id)
    await write.done
    return scan !== undefined && !scan.sent
  }

  /**
   * The server has answered for these scans: they leave the outbox. The refused are kept for the guard, the held ones
   * wait on; but not those that were undone meanwhile.
   */
  async settle(
    ids: readonly string[],
    { refused = [], held = [] }: { refused?: readonly RefusedScan[]; held?: readonly KeptScan[] } = {},
  ): Promise<void> {
    const write = this.#db.transaction(['waiting', 'refused'], 'readwrite', { durability: 'strict' })
    const waiting = write.objectStore('waiting')
    const isThere = async ({ id }: KeptScan) => (await waiting.getKey(id)) !== undefined
    for (const one of refused) if (await isThere(one)) write.objectStore('refused').put(one)
    for (const one of held) if (await isThere(one)) waiting.put(one)
    for (const id of ids) waiting.delete(id)
    await write.done
  }

  /** What could be sent now and is of the same kind as one of these waits as long as they do. */
  async holdBack(placeId: string, likeThese: readonly KeptScan[]): Promise<void> {
    // "The same person again" is counted by the server, whatever kind of code that person has.
    const countedAs = (scan: KeptScan) => (seenIn(scan) ? 'seen' : scan.kind)
    const until = new Map(likeThese.map((scan) => [countedAs(scan), scan.notBefore]))
    const ready = IDBKeyRange.bound([placeId, 0], [placeId, Math.min(...until.values())], false, true)
    const write = this.#db.transaction('waiting', 'readwrite')
    for (let row = await write.store.index('turn').openCursor(ready); row; row = await row.continue()) {
      const notBefore = until.get(countedAs(row.value))
      if (notBefore !== undefined) row.update({ ...row.value, notBefore })
    }
    await write.done
  }

  /** Everything that was held back may be tried again at once. */
  async release(): Promise<void> {
    const write = this.#db.transaction('waiting', 'readwrite')
    for (let row = await write.store.openCursor(); row; row = await row.continue())
      if (row.value.notBefore > 0) row.update({ ...row.value, notBefore: 0 })
    await write.done
  }

  // — refused

  async listRefused(): Promise<RefusedScan[]> {
    return (await this.#db.getAllFromIndex('refused', 'at')).reverse()
  }

  /** The guard has decided: the refused scan is sent as this one, or (none) forgotten. */
  async decide(id: string, instead?: KeptScan): Promise<void> {
    const write = this.#db.transaction(['waiting', 'refused'], 'readwrite', { durability: 'strict' })
    if (instead) write.objectStore('waiting').put(instead)
    write.objectStore('refused').delete(id)
    await write.done
  }

  // — to be undone

  async undoLater(one: Undoing): Promise<void> {
    const write = this.#db.transaction(['waiting', 'undoing'], 'readwrite', { durability: 'strict' })
    write.objectStore('undoing').put(one)
    write.objectStore('waiting').delete(one.id)
    await write.done
  }

  listUndoing(): Promise<Undoing[]> {
    return this.#db.getAll('undoing')
  }

  async forgetUndoing(id: string): Promise<void> {
    await this.#db.delete('undoing', id)
  }

  // — what a gate knows of its place

  findFacts(placeId: string): Promise<GateFacts | undefined> {
    return this.#db.get('facts', placeId)
  }

  async keepFacts(facts: GateFacts): Promise<void> {
    await this.#db.put('facts', facts)
  }

  // — codes that are no longer good

  async isRevoked(id: string): Promise<boolean> {
    return (await this.#db.getKey('revoked', id)) !== undefined
  }

  revokedVersion(): Promise<string | undefined> {
    return this.#db.get('versions', 'revoked')
  }

  /** Adds these to those that are kept, and forgets those that have ended by now. */
  async keepRevoked({ codes, version }: Revoked, now: string): Promise<void> {
    const write = this.#db.transaction(['revoked', 'versions'], 'readwrite')
    const revoked = write.objectStore('revoked')
    for (const code of codes) revoked.put(code)
    const over = IDBKeyRange.upperBound(now)
    for (let row = await revoked.index('until').openKeyCursor(over); row; row = await row.continue())
      revoked.delete(row.primaryKey)
    write.objectStore('versions').put(version, 'revoked')
    await write.done
  }

  // — groups

  listGroups(placeId: string): Promise<Group[]> {
    return this.#db.getAllFromIndex('groups', 'placeId', placeId)
  }

  async keepGroup(group: Group): Promise<void> {
    await this.#db.put('groups', group)
  }

  async forgetGroup(id: string): Promise<void> {
    await this.#db.delete('groups', id)
  }

  // — what the guard saw last

  async listRecent(placeId: string): Promise<unknown[]> {
    return (await this.#db.get('recent', placeId))?.rows ?? []
  }

  async keepRecent(recent: RecentRows): Promise<void> {
    await this.#db.put('recent', recent)
  }

  // — codes that passed here, and cards of which a phone is known

  async listSeen(oldest: number): Promise<SeenCode[]> {
    await this.#forget('seen', oldest)
    return this.#db.getAll('seen')
  }

  async listPhoned(oldest: number): Promise<number[]> {
    await this.#forget('phoned', oldest)
    return this.#db.getAllKeys('phoned')
  }

  async #forget(name: 'seen' | 'phoned', oldest: number): Promise<void> {
    const write = this.#db.transaction(name, 'readwrite')
    const old = IDBKeyRange.upperBound(oldest)
    for (let row = await write.store.index('at').openKeyCursor(old); row; row = await row.continue())
      write.store.delete(row.primaryKey)
    await write.done
  }

  async keepPhoned(key: number, at: number): Promise<void> {
    await this.#db.put('phoned', { key, at })
  }

  async keepSeen(seen: SeenCode): Promise<void> {
    await this.#db.put('seen', seen)
  }
}
