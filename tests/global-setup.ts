import { ensurePage } from '../scripts/page.ts'

/** The browser tests open the built page. */
export default async function setup(): Promise<void> {
  await ensurePage()
}
