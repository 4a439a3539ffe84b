import type { Locator, Page } from '@playwright/test'
import { signInAtDesk } from './stage/official.ts'
import type { Server } from './stage/server.ts'
import { expect, test } from './stage/test.ts'
import type { Visitor } from './stage/visitor.ts'

const CASES = 500
const GUESTS = 25
const FIRST_DAYS_AGO = 75

/** Always the same numbers from 0 to 1. */
function numbers() {
  let seed = 20261122
  return () => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0
    return seed / 2 ** 32
  }
}

/** One chain as outbreaks are: most infect nobody, a few very many, some caught it at a wedding. */
async function infect(server: Server) {
  const next = numbers()
  const onset = [0]
  const links = []
  for (let at = 1; at < CASES; at++) {
    const isGuest = at > 10 && at <= 10 + GUESTS
    const infector = isGuest ? 3 : Math.floor(at * next() ** 2.5)
    onset.push(Math.min(FIRST_DAYS_AGO - 1, onset[infector]! + 2 + Math.floor(next() * 8)))
    links.push(
      isGuest
        ? `,F${at},tiec,officer,confirmed`
        : `F${infector},F${at},,officer,${at % 9 ? 'confirmed' : 'possible'}`,
    )
  }
  links.push('F3,F12,,officer,possible')
  const dayOf = (days: number) =>
    new Date(Date.now() - (FIRST_DAYS_AGO - days) * 86_400_000).toISOString().slice(0, 10)
  const all = Array.from({ length: CASES }, (_, at) => at)
  const file = (head: string, lines: string[]) => `${[head, ...lines].join('\n')}\n`
  await server.import(
    'places',
    file('ref,name,kind,area,address,lat,lon,sector,phone', [
      'tiec,Tiệc cưới Nhà hàng Biển Xanh,wedding,22366,,,,,',
    ]),
  )
  await server.import(
    'people',
    file(
      'ref,name,birth,sex,phone,id_number,area,address',
      all.map((at) => `P${at},Trần Văn Ca ${at},1980,,,,22366,`),
    ),
  )
  await server.import(
    'cases',
    file(
      'ref,person,disease,onset,sampled,area',
      all.map((at) => `F${at},P${at},covid-19,${dayOf(onset[at]!)},,22366`),
    ),
  )
  await server.import('links', file('infector,infected,place,source,confidence', links))
}

type Box = { left: number; right: number; top: number; bottom: number }
const boxes = (those: Locator) =>
  those.evaluateAll((elements) =>
    elements.map((element) => {
      const { left, right, top, bottom } = element.getBoundingClientRect()
      return { left, right, top, bottom }
    }),
  )
const overlap = (one: Box, other: Box) =>
  Math.min(one.right, other.right) - Math.max(one.left, other.left) > 1 &&
  Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > 1

const shrink = ({ left, right, top, bottom }: Box, x: number, y: number) => ({
  left: left + x,
  right: right - x,
  top: top + y,
  bottom: bottom - y,
})

/** What a drawing of hundreds must keep, wherever it was moved to. */
async function isLegible(page: Page) {
  const drawing = page.getByRole('img', { name: /^Chuỗi lây:/ })
  // Of a line of text a little above and below the letters is empty; and of the square around a circle its corners.
  const labels = (await boxes(drawing.locator('text.label'))).map((box) => shrink(box, 0, 2))
  const marks = (await boxes(drawing.locator('.mark'))).map((box) => shrink(box, 1, 1))
  expect(labels.length, 'some cases say which they are').toBeGreaterThan(5)
  for (const [at, label] of labels.entries()) {
    expect(label.bottom - label.top, 'a label can be read').toBeGreaterThanOrEqual(10)
    expect(
      labels.slice(at + 1).filter((other) => overlap(label, other)),
      'no label lies on another',
    ).toEqual([])
    expect(
      marks.filter((mark) => overlap(label, mark)),
      'no label lies on a mark',
    ).toEqual([])
  }
  const days = await boxes(drawing.locator('text.day'))
  for (const [at, day] of days.entries())
    expect(
      days.slice(at + 1).filter((other) => overlap(day, other)),
      'days can be told apart',
    ).toEqual([])
  const [window] = await boxes(page.getByRole('application'))
  const controls = await boxes(page.locator('.drawing .tools button'))
  expect(
    controls.filter((control) => overlap(control, window!)),
    'controls stand beside the drawing',
  ).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
    page.viewportSize()!.width,
  )
}

async function readChain(desk: Visitor, width: number) {
  const { page } = desk
  await page.goto('/console/chains')
  await page.locator('main a[href*="case="]').first().click()
  await expect(page.getByRole('heading', { name: `Chuỗi lây ${CASES} ca` })).toBeVisible()
  const drawing = page.getByRole('img', { name: /^Chuỗi lây: 500 ca/ })
  const window = page.getByRole('application')
  const marks = drawing.locator('.mark')
  const list = page.getByRole('list').filter({ has: page.getByRole('button', { name: /thế hệ|đời/i }) })

  await window.scrollIntoViewIfNeeded()
  await desk.seeScreen(`large-tree-${width}`)
  await isLegible(page)
  // The list beside says the same, one line a case and one for the wedding.
  await expect(list.getByRole('button')).toHaveCount(CASES + 1)

  // By the keyboard alone: the whole, nearer, elsewhere.
  await window.focus()
  await page.keyboard.press('0')
  await expect(marks).toHaveCount(CASES + 1)
  await desk.photograph(`large-tree-whole-${width}`)
  await isLegible(page)
  for (const key of ['+', '+', '+', 'ArrowDown', 'ArrowRight']) await page.keyboard.press(key)
  await desk.photograph(`large-tree-near-${width}`)
  await isLegible(page)

  // Who is chosen from the list comes in sight.
  const last = list.getByRole('button').last()
  await last.focus()
  await page.keyboard.press('Enter')
  const chosen = drawing.locator('.mark.chosen')
  await expect(chosen).toHaveCount(1)
  const [spot] = await boxes(chosen)
  const [frame] = await boxes(window)
  expect(overlap(spot!, frame!)).toBe(true)
  await page.getByLabel('Tìm số ca hoặc địa điểm').fill('Biển Xanh')
  await expect(page.getByText('Tìm thấy 1', { exact: true })).toBeVisible()
  await list.getByRole('button').first().click()
  await expect(page.getByText(`Lây cho ${GUESTS} ca`)).toBeVisible()
  await page.getByLabel('Tìm số ca hoặc địa điểm').fill('')

  await page.getByRole('main').getByRole('link', { name: 'Sơ đồ mạng', exact: true }).click()
  await expect(page.getByText('Mỗi vòng là một thế hệ')).toBeVisible()
  await expect(marks).toHaveCount(CASES + 1)
  await window.scrollIntoViewIfNeeded()
  await desk.seeScreen(`large-network-${width}`)
  await isLegible(page)
  await window.focus()
  for (const key of ['+', '+', '+', '+']) await page.keyboard.press(key)
  await desk.photograph(`large-network-near-${width}`)
  await isLegible(page)
}

test('a chain of five hundred can be read, at a desk and on a phone', async ({ invite, server }) => {
  test.setTimeout(240_000)
  await infect(server)
  const desk = await invite({ hasTouch: false, isMobile: false, viewport: { width: 1280, height: 800 } })
  await signInAtDesk(desk.page, 'minh')
  await readChain(desk, 1280)
  await desk.page.setViewportSize({ width: 360, height: 740 })
  await readChain(desk, 360)
})
