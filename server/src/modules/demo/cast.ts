import type { Words } from '../../platform/problem.ts'

/** The imaginary people of the demo. The units are real; nobody else is. */
export const PASSWORD = 'lachan-demo'

type DemoAccount = { login: string; name: string; role: string; areaCode: string; does: Words }

export const accounts: DemoAccount[] = [
  {
    login: 'minh',
    name: 'Bác sĩ Minh',
    role: 'health_officer',
    areaCode: '22366',
    does: {
      vi: 'y tế phường: xác nhận ca bệnh, truy vết',
      en: 'ward health officer: confirms cases, traces',
    },
  },
  {
    login: 'ha',
    name: 'Bác sĩ Hà',
    role: 'health_officer',
    areaCode: '22390',
    does: {
      vi: 'y tế phường bên: nhận người tiếp xúc được bàn giao',
      en: 'health officer of the ward beside: takes over contacts who live there',
    },
  },
  {
    login: 'quang',
    name: 'Bác sĩ Quang',
    role: 'health_officer',
    areaCode: '56',
    does: {
      vi: 'CDC tỉnh: người thứ hai, duyệt thông báo và cảnh báo nhiều người',
      en: 'of the province: the second officer, who releases notices and warnings of many',
    },
  },
  {
    login: 'thu',
    name: 'Cô Thu',
    role: 'area_officer',
    areaCode: '56',
    does: { vi: 'cán bộ tỉnh: số liệu và bản đồ', en: 'officer of the province: figures and map' },
  },
  {
    login: 'nga',
    name: 'Chị Nga',
    role: 'auditor',
    areaCode: '56',
    does: { vi: 'kiểm tra: ai đã xem dữ liệu của ai', en: 'auditor: who read whose data' },
  },
]

export const lan = {
  phone: '0905000101',
  name: 'Trần Thị Lan',
  birthYear: 1990,
  sex: 'female',
  areaCode: '22366',
  address: '12 Phan Bội Châu',
}
export const hoa = {
  ...lan,
  phone: '0905000102',
  name: 'Nguyễn Thị Hoa',
  birthYear: 1962,
  address: '3 Nguyễn Công Trứ',
}
export const tu = {
  ...lan,
  phone: '0905000103',
  name: 'Lê Anh Tú',
  birthYear: 1995,
  sex: 'male',
  address: '7 Hàn Thuyên',
}
export const son = {
  ...lan,
  phone: '0905000104',
  name: 'Phạm Văn Sơn',
  birthYear: 1978,
  sex: 'male',
  address: '21 Lê Lợi',
}

export const citizens: { person: typeof lan; does: Words }[] = [
  {
    person: lan,
    does: {
      vi: 'đi chợ: khai báo, vào, ra, xem ai đã đọc dữ liệu của mình',
      en: 'shops: declares, enters, leaves',
    },
  },
  {
    person: hoa,
    does: { vi: 'quản lý Chợ Đầm: tờ mã, người trực cửa', en: 'manages the market Chợ Đầm' },
  },
  { person: tu, does: { vi: 'gác cổng Chợ Đầm: quét mã người vào, ra', en: 'guards its gate' } },
  {
    person: son,
    does: {
      vi: 'có kết quả dương tính: để bác sĩ Minh tìm bằng số điện thoại và xác nhận ca',
      en: 'tested positive: for doctor Minh to find by phone and confirm',
    },
  },
]

type DemoPlace = { name: string; kind: string; areaCode: string; address: string; lat: number; lon: number }

/** Chợ Đầm first: Bà Hoa's. */
export const places: DemoPlace[] = [
  {
    name: 'Chợ Đầm',
    kind: 'market',
    areaCode: '22366',
    address: 'Khu chợ tròn',
    lat: 12.2547,
    lon: 109.1921,
  },
  {
    name: 'Trường Tiểu học Hoa Phượng',
    kind: 'school',
    areaCode: '22366',
    address: '5 Đường Hoa Phượng',
    lat: 12.2461,
    lon: 109.1889,
  },
  {
    name: 'Phòng khám An Tâm',
    kind: 'hospital',
    areaCode: '22366',
    address: '18 Đường Bình Yên',
    lat: 12.2432,
    lon: 109.1914,
  },
  {
    name: 'Quán cơm Cô Ba',
    kind: 'restaurant',
    areaCode: '22366',
    address: '40 Đường Cây Dừa',
    lat: 12.2389,
    lon: 109.1952,
  },
  {
    name: 'Cà phê Sóng Biển',
    kind: 'restaurant',
    areaCode: '22366',
    address: '2 Đường Sóng Biển',
    lat: 12.2401,
    lon: 109.1971,
  },
  {
    name: 'Siêu thị Mặt Trời',
    kind: 'mall',
    areaCode: '22366',
    address: '60 Đường Mặt Trời',
    lat: 12.2489,
    lon: 109.1877,
  },
  {
    name: 'Văn phòng Hải Âu',
    kind: 'office',
    areaCode: '22366',
    address: '9 Đường Hải Âu',
    lat: 12.2502,
    lon: 109.1903,
  },
  {
    name: 'Chợ Vĩnh Phước Thử',
    kind: 'market',
    areaCode: '22333',
    address: '1 Đường Bắc Sơn',
    lat: 12.2735,
    lon: 109.1977,
  },
  {
    name: 'Xưởng may Sao Mai',
    kind: 'factory',
    areaCode: '22333',
    address: '77 Đường Sao Mai',
    lat: 12.2811,
    lon: 109.1942,
  },
  {
    name: 'Nhà trọ Bình Minh',
    kind: 'boarding-house',
    areaCode: '22333',
    address: '14 Đường Bình Minh',
    lat: 12.2768,
    lon: 109.1961,
  },
  {
    name: 'Bến xe Phía Tây Thử',
    kind: 'station',
    areaCode: '22390',
    address: '58 Đường Đồi Xanh',
    lat: 12.2569,
    lon: 109.1598,
  },
  {
    name: 'Chùa Hòa Bình Thử',
    kind: 'religious',
    areaCode: '22390',
    address: '23 Đường Hòa Bình',
    lat: 12.2533,
    lon: 109.1632,
  },
  {
    name: 'Chợ Phước Hải Thử',
    kind: 'market',
    areaCode: '22402',
    address: '6 Đường Phước Hải',
    lat: 12.2318,
    lon: 109.1844,
  },
  {
    name: 'Công ty Cánh Buồm',
    kind: 'business',
    areaCode: '22402',
    address: '31 Đường Cánh Buồm',
    lat: 12.2287,
    lon: 109.1871,
  },
]
