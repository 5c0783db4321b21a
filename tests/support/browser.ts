import { type Browser, chromium } from 'playwright-core'
import { findProgram, testWith } from './program.ts'

/** `test`, where Debian's chromium is installed. */
export const testInBrowser = testWith('chromium', 'apt-get install chromium')

/** Starts Chromium without any of its calls home. */
export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: findProgram('chromium') ?? 'chromium',
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
