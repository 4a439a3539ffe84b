import { type DBSchema, type IDBPDatabase, openDB } from 'idb'

/** A scan as the gate sends it: made here, so that it may be sent twice, late and out of order. */
export interface Scan {
  id: string
  placeId: string
  /** The device's clock, ISO 8601. */
  at: string
  direction: 'in' | 'out'
  code: string
}

/** A scan that was taken without the network and refused when it was sent. */
export interface RefusedScan {
  id: string
  at: string
  direction: 'in' | 'out'
  reason: string
}

export interface Waiting {
  count: number
  oldestAt: string | null
}

interface Stores extends DBSchema {
  waiting: { key: string; value: Scan; indexes: { at: string } }
  refused: { key: string; value: RefusedScan; indexes: { at: string } }
}

/** What a gate has scanned and not yet handed over. It outlives the page, the battery and the sign-in. */
export class Outbox {
  readonly #db: IDBPDatabase<Stores>

  private constructor(db: IDBPDatabase<Stores>) {
    this.#db = db
  }

  static async open(): Promise<Outbox> {
    const db = await openDB<Stores>('lachan-gate', 1, {
      upgrade(fresh) {
        for (const name of ['waiting', 'refused'] as const)
          fresh.createObjectStore(name, { keyPath: 'id' }).createIndex('at', 'at')
      },
    })
    return new Outbox(db)
  }

  /** Resolves when the scan is on the disk of the device. */
  async keep(scan: Scan): Promise<void> {
    const write = this.#db.transaction('waiting', 'readwrite', { durability: 'strict' })
    await Promise.all([write.store.put(scan), write.done])
  }

  /** The oldest scans first. */
  listWaiting(most: number): Promise<Scan[]> {
    return this.#db.getAllFromIndex('waiting', 'at', null, most)
  }

  async countWaiting(): Promise<Waiting> {
    const read = this.#db.transaction('waiting')
    const [count, [oldest]] = await Promise.all([read.store.count(), read.store.index('at').getAll(null, 1)])
    return { count, oldestAt: oldest?.at ?? null }
  }

  /** The server has answered for these scans: they leave the outbox, the refused ones with their reason kept. */
  async settle(ids: readonly string[], refused: readonly RefusedScan[] = []): Promise<void> {
    const write = this.#db.transaction(['waiting', 'refused'], 'readwrite')
    for (const one of refused) write.objectStore('refused').put(one)
    for (const id of ids) write.objectStore('waiting').delete(id)
    await write.done
  }

  async listRefused(): Promise<RefusedScan[]> {
    return (await this.#db.getAllFromIndex('refused', 'at')).reverse()
  }

  async forgetRefused(): Promise<void> {
    await this.#db.clear('refused')
  }
}
