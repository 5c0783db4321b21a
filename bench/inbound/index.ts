import { benchGrowth } from './growth.ts'
import { benchRivals } from './rivals.ts'

/** What one message costs the whole bot, against the official client and a bare `ws`; and what it grows with. */
export async function run(): Promise<void> {
  await benchRivals()
  await benchGrowth()
}
