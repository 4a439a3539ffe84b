import type { Chain } from '#lib/shapes.ts'

export type Node = Chain['nodes'][number]
export type Link = Chain['links'][number]
/** Where a node stands, in the drawing's own measure. */
type Spot = { x: number; y: number }
export type Plan = {
  spots: ReadonlyMap<string, Spot>
  width: number
  height: number
  /** Of each node the one from which it hangs; the other links are drawn beside. */
  parents: ReadonlyMap<string, string>
}

const DAY_MS = 86_400_000
export const ROW = 22
const RING = 90
export const APART = 16

export const dayNumber = (day: string) => Date.parse(`${day}T00:00:00Z`) / DAY_MS

const inOrder = (one: Node, other: Node) =>
  one.on < other.on ? -1 : one.on > other.on ? 1 : one.key < other.key ? -1 : 1

/** Who hangs from whom: one source each, of the generation before; for an event, who brought the infection there. */
function hang(nodes: readonly Node[], links: readonly Link[]) {
  const known = new Map(nodes.map((node) => [node.key, node]))
  const parents = new Map<string, string>()
  for (const { from, to } of links) {
    const source = known.get(from)
    const node = known.get(to)
    if (!source || !node || source.generation + (node.kind === 'event' ? 0 : 1) !== node.generation) continue
    const before = known.get(parents.get(to) ?? '')
    if (!before || inOrder(source, before) < 0) parents.set(to, from)
  }
  const children = new Map<string, Node[]>(nodes.map(({ key }) => [key, []]))
  const roots: Node[] = []
  for (const node of [...nodes].sort(inOrder)) {
    const parent = parents.get(node.key)
    if (parent === undefined) roots.push(node)
    else children.get(parent)!.push(node)
  }
  return { parents, children, roots }
}

/** From the leaves to the roots, without recursion: a chain may be long. */
function walk(roots: readonly Node[], children: ReadonlyMap<string, Node[]>) {
  const order: Node[] = []
  const waiting = roots.toReversed()
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    order.push(node)
    waiting.push(...children.get(node.key)!.toReversed())
  }
  return order
}

/** Time runs to the right; each case has a row, and whoever infected several stands in the middle of them. */
export function planTree(nodes: readonly Node[], links: readonly Link[], wide: number): Plan {
  const { parents, children, roots } = hang(nodes, links)
  const first = Math.min(...nodes.map(({ on }) => dayNumber(on)))
  const span = Math.max(1, Math.max(...nodes.map(({ on }) => dayNumber(on))) - first)
  const perDay = Math.min(60, Math.max(10, wide / span))
  const rows = new Map<string, number>()
  const order = walk(roots, children)
  let row = 0
  for (const { key } of order) if (children.get(key)!.length === 0) rows.set(key, row++)
  for (const { key } of order.toReversed()) {
    const under = children.get(key)!
    if (under.length > 0) rows.set(key, (rows.get(under[0]!.key)! + rows.get(under.at(-1)!.key)!) / 2)
  }
  return {
    parents,
    spots: new Map(
      nodes.map(({ key, on }) => [key, { x: (dayNumber(on) - first) * perDay, y: rows.get(key)! * ROW }]),
    ),
    width: span * perDay,
    height: Math.max(0, row - 1) * ROW,
  }
}

/** Rings of generations around the beginnings, wide enough that nobody stands on another. */
export function planNetwork(nodes: readonly Node[], links: readonly Link[]): Plan & { rings: number[] } {
  const { parents, children, roots } = hang(nodes, links)
  const order = walk(roots, children)
  const leaves = new Map<string, number>()
  for (const { key } of order.toReversed())
    leaves.set(
      key,
      Math.max(
        1,
        children.get(key)!.reduce((sum, child) => sum + leaves.get(child.key)!, 0),
      ),
    )
  const depths = new Map<string, number>()
  for (const { key } of order) depths.set(key, parents.has(key) ? depths.get(parents.get(key)!)! + 1 : 0)
  const counts: number[] = []
  for (const depth of depths.values()) counts[depth] = (counts[depth] ?? 0) + 1

  const rings: number[] = []
  for (const [depth, count] of counts.entries()) {
    const needed = (count * APART) / (2 * Math.PI)
    rings.push(
      depth === 0 ? (count === 1 ? 0 : Math.max(40, needed)) : Math.max(rings.at(-1)! + RING, needed),
    )
  }
  const spots = new Map<string, Spot>()
  const total = roots.reduce((sum, { key }) => sum + leaves.get(key)!, 0)
  const begins = new Map<string, number>()
  let next = 0
  for (const { key } of roots) {
    begins.set(key, next)
    next += leaves.get(key)!
  }
  for (const { key } of order) {
    const begin = begins.get(key)!
    let child = begin
    for (const { key: under } of children.get(key)!) {
      begins.set(under, child)
      child += leaves.get(under)!
    }
    const angle = ((begin + leaves.get(key)! / 2) / total) * 2 * Math.PI - Math.PI / 2
    const radius = rings[depths.get(key)!]!
    spots.set(key, { x: Math.cos(angle) * radius, y: Math.sin(angle) * radius })
  }
  const most = rings.at(-1)! || 1
  for (const [key, { x, y }] of spots) spots.set(key, { x: x + most, y: y + most })
  return { parents, spots, width: 2 * most, height: 2 * most, rings }
}

/** A longer name of a place or event is cut; the list beside has it whole. */
const MOST_LETTERS = 20
const cut = (name: string) =>
  name.length > MOST_LETTERS ? `${name.slice(0, MOST_LETTERS - 1).trimEnd()}…` : name

/** What is common to all numbers need not stand at every case. */
export function shortLabels(nodes: readonly Node[]): Map<string, string> {
  const numbers = nodes.flatMap(({ kind, label }) => (kind === 'case' && label ? [label] : []))
  const [first = ''] = numbers
  let common = first.lastIndexOf('-') + 1
  while (common > 0 && !numbers.every((number) => number.startsWith(first.slice(0, common))))
    common = first.lastIndexOf('-', common - 2) + 1
  return new Map(
    nodes.map(({ key, kind, label }) => [
      key,
      kind === 'case' ? (label?.slice(common) ?? '') : cut(label ?? ''),
    ]),
  )
}

type Box = { left: number; right: number; top: number; bottom: number }

/** Of the letters in which labels are written; digits are all as wide as the widest. */
const lengthOf = (text: string) =>
  [...text].reduce((sum, letter) => sum + (letter >= '0' && letter <= '9' ? 8.5 : 6.8), 0)

type Side = 'right' | 'left'

/**
 * On which side of its mark there is room for a label, the most important first: none lies over a mark or over another label,
 * or leaves the window of this width. Marks and labels are looked up by the cells of a grid that they touch.
 */
export function placeLabels(
  marks: readonly { key: string; x: number; y: number; size: number; text: string; rank: number }[],
  width: number,
): Map<string, Side> {
  const CELL = 40
  const cells = new Map<string, Box[]>()
  const touched = ({ left, right, top, bottom }: Box) => {
    const names: string[] = []
    for (let x = Math.floor(left / CELL); x <= Math.floor(right / CELL); x++)
      for (let y = Math.floor(top / CELL); y <= Math.floor(bottom / CELL); y++) names.push(`${x} ${y}`)
    return names
  }
  const add = (box: Box) => {
    for (const name of touched(box)) cells.set(name, [...(cells.get(name) ?? []), box])
  }
  const isFree = (box: Box) =>
    box.left >= 0 &&
    box.right <= width &&
    !touched(box).some((name) =>
      cells
        .get(name)
        ?.some(
          (one) =>
            one.left < box.right && one.right > box.left && one.top < box.bottom && one.bottom > box.top,
        ),
    )
  for (const { x, y, size } of marks)
    add({ left: x - size, right: x + size, top: y - size, bottom: y + size })
  const sides = new Map<string, Side>()
  for (const { key, x, y, size, text } of [...marks].sort((one, other) => other.rank - one.rank)) {
    if (text === '') continue
    const far = size + 3 + lengthOf(text)
    const [top, bottom] = [y - 7, y + 7]
    const places: [Side, Box][] = [
      ['right', { left: x + size + 3, right: x + far, top, bottom }],
      ['left', { left: x - far, right: x - size - 3, top, bottom }],
    ]
    const free = places.find(([, box]) => isFree(box))
    if (!free) continue
    add(free[1])
    sides.set(key, free[0])
  }
  return sides
}
