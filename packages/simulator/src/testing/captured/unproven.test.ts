import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { evidenceOf } from '../../../../core/fixtures/evidence.ts'
import { API_FAULTS } from '../../faults/api-fault-names.ts'
import { createSimulator } from '../../simulator.ts'
import { caller } from '../api.ts'
import { session } from './ways.ts'

const SOURCES = fileURLToPath(new URL('../..', import.meta.url))

/** Codes on pages of open.dingtalk.com of which no answer is captured: the code is the page's, the text is made up. */
const documented: readonly RegExp[] = [
  // message-card-…, api-streaming, ai-interaction
  /^param\.(invalid|cardTemplateIdEmpty|outTrackIdEmpty|openSpaceIdEmpty|openSpaceIdInvalid|openSpaceModelInvalid)$/,
  /^param\.(cardPublicDataEmpty|cardDataAndPrivateDataBothEmpty|cardNotExist|cardAlreadyExist|templateNotExist)$/,
  /^param\.stream\.(keyEmpty|contentEmpty|guidEmpty|isFull|outTrackId|content)$/,
  /^param\.contentUnsafe$/,
  /^invalid\.(param|conversation\.token|openConversationId)$/,
  // robot-message-type, the pages of sending, recalling, files, reactions and DING
  /^invalidParameter\.(robotCode\.(empty|auth)|userIds\.(empty|overMax)|msgKey\.(empty|invalid))$/,
  /^invalidParameter\.(msgParam\.(invalid|tooLong)|param\.invalid|processQueryKeys\.overMax)$/,
  /^miss\.(openConversationId|param\.\w+)$/,
  /^group\.disbanded$/,
  // SPEC.md of DingTalk's Channel SDK
  /^param\.spaceDeliverModelEmpty$/,
  // soimy/openclaw-channel-dingtalk, live
  /^system\.err$/,
]

function filesOf(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(path => path.endsWith('.ts') && !path.endsWith('.test.ts') && !path.startsWith('testing'))
    .map(path => readFileSync(`${folder}${path}`, 'utf8'))
}

/** The codes that stand in the code; of those marked `unproven` on the same line none. */
const CODE =
  /'((?:param|paramError|miss|invalid|invalidParameter|robot|dentry|group|system|resource|staffId|processQueryKey|unsupported)\.[A-Za-z.]+)'/g
const codes = filesOf(SOURCES)
  .flatMap(text => text.split('\n'))
  .filter(line => !line.includes('unproven('))
  .flatMap(line => [...line.matchAll(CODE)].map(([, code = '']) => code))

/** Those of schemas, which `http/body.ts` marks. */
const UNPROVEN = ['invalid.content.json']

test('each code that is answered is captured, documented, or marked unproven', () => {
  const seen = JSON.stringify([...evidenceOf('api'), ...evidenceOf('cards')])
  const loose = codes.filter(code => !seen.includes(`"${code}"`) && !documented.some(it => it.test(code)))
  expect(codes.length).toBeGreaterThan(40)
  expect([...new Set(loose)].toSorted()).toEqual(UNPROVEN)
})

test('the faults whose answers are made up say so, and no others', async () => {
  await using sim = await createSimulator()
  const call = await caller(sim)
  const path = '/v1.0/robot/groups/robots/query'
  for (const fault of API_FAULTS.filter(name => name !== 'cut' && name !== 'timeout')) {
    sim.faults.api({ path, fault })
    await call('POST', path, {})
  }
  const marked = sim.calls.filter(({ unproven }) => unproven).map(({ fault }) => fault)
  expect(marked).toEqual(['qpm', 'qpsOfAll', 'rateLimit', 'serverError'])
})

test('a field of a webhook whose code is counted on from its neighbours is marked', async () => {
  await using sim = await createSimulator()
  const hook = await session(sim)
  const send = async (body: object) => {
    const headers = { 'content-type': 'application/json' }
    await fetch(hook, { method: 'POST', headers, body: JSON.stringify(body) })
    return sim.calls.at(-1)
  }
  expect(await send({ msgtype: 'text' })).not.toHaveProperty('unproven')
  expect(await send({ msgtype: 'text', text: {} })).toMatchObject({ unproven: true, answer: { errcode: 400202 } })
})
