import type { ExposurePoint } from '#lib/shapes.ts'
import { m } from '#paraglide/messages.js'

export const statusNames: Record<ExposurePoint['status'], () => string> = {
  open: m.points_open,
  confirmed: m.points_confirmed,
  rejected: m.points_rejected,
}

export const settingNames: Record<ExposurePoint['setting'], () => string> = {
  closed: m.points_setting_closed,
  open: m.points_setting_open,
  vehicle: m.points_setting_vehicle,
  unknown: m.points_setting_unknown,
}
