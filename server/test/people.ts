/** The cast. Every test is about one of them. */
export type Citizen = { kind: 'citizen'; name: string; phone: string }
export type Officer = {
  kind: 'account'
  name: string
  login: string
  role: string
  areaCode: string
  /** None: every sector. */
  sector?: string
}
export type Nobody = { kind: 'nobody'; name: string }
export type Who = Citizen | Officer | Nobody | { kind: 'key'; name: string; token: string }

export const NHA_TRANG = '22366'
export const KHANH_HOA = '56'
export const BA_DINH = '00004'

const citizen = (name: string, phone: string): Citizen => ({ kind: 'citizen', name, phone })
const officer = (name: string, login: string, role: string, areaCode: string, sector?: string): Officer => ({
  kind: 'account',
  name,
  login,
  role,
  areaCode,
  ...(sector === undefined ? {} : { sector }),
})

export const lan = citizen('Trần Thị Lan, who shops at the market', '0905000101')
export const hoa = citizen('Bà Hoa, who manages the market', '0905000102')
export const tu = citizen('Anh Tú, who stands at its gate', '0905000103')
export const stranger = citizen('A stranger with a phone', '0905000104')

export const minh = officer(
  'Bác sĩ Minh, health officer of Phường Nha Trang',
  'minh',
  'health_officer',
  NHA_TRANG,
)
export const ha = officer('Bác sĩ Hà, health officer of Khánh Hòa', 'ha', 'health_officer', KHANH_HOA)
export const thu = officer('Cô Thu, area officer of Khánh Hòa', 'thu', 'area_officer', KHANH_HOA)
export const nga = officer('Chị Nga, auditor of Khánh Hòa', 'nga', 'auditor', KHANH_HOA)
export const an = officer('Anh An, administrator of Khánh Hòa', 'an', 'administrator', KHANH_HOA)
export const yen = officer(
  'Cô Yến, who watches over the schools of Khánh Hòa',
  'yen',
  'sector_officer',
  KHANH_HOA,
  'education',
)
export const strangerOfficer = officer('A health officer in Hà Nội', 'strange', 'health_officer', BA_DINH)

export const nobody: Nobody = { kind: 'nobody', name: 'nobody' }

export const officers = [minh, ha, thu, nga, an, yen, strangerOfficer]
export const citizens = [lan, hoa, tu, stranger]
