import { type Browser, chromium } from 'playwright-core'
import { findProgram, testWith } from './program.ts'

/** Without a window, and without the pages that draw one, it takes half the time. */
const PROGRAMS = ['chromium-headless-shell', 'chromium']

/** `test`, where one of Debian's Chromiums is installed. */
export const testInBrowser = testWith(PROGRAMS, 'apt-get install chromium-headless-shell')

/** Starts Chromium without any of its calls home. */
export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: PROGRAMS.map(findProgram).find(path => path !== undefined) ?? 'chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
}
