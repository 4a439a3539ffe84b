import type { Why } from '@lachan/contract/documents.ts'
import { m } from '#paraglide/messages.js'

/** What a guard is told of a code that nobody knows, and how the person gets in all the same. */
export function wordsForUnknown(why: Why): { title: string; way: string } {
  switch (why) {
    case 'link':
      return { title: m.scan_link(), way: m.scan_link_way() }
    case 'numberAlone':
      return { title: m.scan_number_alone(), way: m.scan_number_alone_way() }
    case 'placeCodeMistyped':
      return { title: m.scan_place_mistyped(), way: m.scan_place_mistyped_way() }
    case 'payment':
      return { title: m.scan_payment(), way: m.scan_payment_way() }
    case 'damaged':
      return { title: m.scan_damaged(), way: m.scan_damaged_way() }
    case 'empty':
      return { title: m.scan_empty(), way: m.scan_empty_way() }
    default:
      return { title: m.scan_other(), way: m.scan_other_way() }
  }
}
