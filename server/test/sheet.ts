import { inflateSync } from 'node:zlib'

/** Of a sheet that stands upright, in points. */
export const HEIGHT = 841.89

type Written = { text: string; x: number; y: number; size: number; width: number }
type Sheet = { objects: Map<number, string>; texts: Written[]; rectangles: number[][] }

/** Reads a PDF of pdfkit as a viewer would: objects, fonts with their character maps and widths, the first page. */
export function readSheet(bytes: Buffer): Sheet {
  const objects = new Map<number, string>()
  for (const [, id, head, body] of bytes
    .toString('latin1')
    .matchAll(/\n(\d+) 0 obj\n(.*?)(?:\nstream\n(.*?)\nendstream)?\nendobj/gs)) {
    const stream =
      body && /FlateDecode/.test(head!)
        ? inflateSync(Buffer.from(body, 'latin1')).toString('latin1')
        : (body ?? '')
    objects.set(Number(id), `${head}\n${stream}`)
  }
  const all = [...objects.values()]
  const follow = (text: string, key: string) =>
    objects.get(Number(new RegExp(`/${key} \\[?(\\d+) 0 R`).exec(text)![1]))!
  const page = all.find((object) => /\/Type \/Page\b(?!s)/.test(object))!
  const fontIds = /\/Font <<([^>]*)>>/s.exec(follow(page, 'Resources'))![1]!
  const fonts = new Map(
    [...fontIds.matchAll(/\/(F\d+) (\d+) 0 R/g)].map(([, name, id]) => {
      const font = objects.get(Number(id))!
      return [
        name!,
        { letters: readMap(follow(font, 'ToUnicode')), widths: readWidths(follow(font, 'DescendantFonts')) },
      ]
    }),
  )
  return { objects, ...readContent(follow(page, 'Contents'), fonts) }
}

/** Glyph → letters, of the one `bfrange` list that pdfkit writes in pieces. */
function readMap(object: string) {
  const letters = new Map<number, string>()
  for (const [, from, list] of object.matchAll(/<(\w{4})> <\w{4}> \[([^\]]*)\]/g))
    for (const [at, [, hex]] of [...list!.matchAll(/<([\w ]+)>/g)].entries())
      letters.set(
        Number.parseInt(from!, 16) + at,
        String.fromCharCode(
          ...hex!
            .replaceAll(' ', '')
            .match(/.{4}/g)!
            .map((unit) => Number.parseInt(unit, 16)),
        ),
      )
  return letters
}

const readWidths = (object: string) =>
  /\/W \[0 \[([^\]]*)\]\]/.exec(object)![1]!.trim().split(/\s+/).map(Number)

type Fonts = Map<string, { letters: Map<number, string>; widths: number[] }>

/** Texts with where they stand (from the top left), and rectangles. */
function readContent(content: string, fonts: Fonts) {
  const texts: Written[] = []
  const rectangles: number[][] = []
  const place = { x: 0, y: 0, size: 0, spacing: 0, font: '' }
  for (const line of content.split('\n')) {
    const numbers = line.split(' ').slice(0, -1).map(Number)
    if (line.endsWith(' re')) rectangles.push(numbers)
    if (line.endsWith(' Tm')) [place.x, place.y] = [numbers[4]!, HEIGHT - numbers[5]!]
    if (line === 'BT') place.spacing = 0 // each text is wrapped in a graphics state of its own
    if (line.endsWith(' Tc')) place.spacing = numbers[0]!
    if (line.endsWith(' Tf')) {
      place.font = line.slice(1).split(' ')[0]!
      place.size = numbers[1]!
    }
    if (!line.endsWith(' TJ')) continue
    const { letters, widths } = fonts.get(place.font)!
    let text = ''
    let width = 0
    for (const [, hex, kern] of line.matchAll(/<([\da-f]+)>|(-?[\d.]+)(?= |\])/g)) {
      if (kern !== undefined) width -= (Number(kern) / 1000) * place.size
      for (const glyph of hex?.match(/.{4}/g)?.map((four) => Number.parseInt(four, 16)) ?? []) {
        text += letters.get(glyph) ?? '\ufffd'
        width += (widths[glyph]! / 1000) * place.size + place.spacing
      }
    }
    texts.push({ text, width, ...place })
  }
  return { texts, rectangles }
}
