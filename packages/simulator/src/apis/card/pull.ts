import * as v from 'valibot'
import type { Pushes } from '../../gateway/pushes.ts'
import type { AckResult } from '../../gateway/types.ts'
import { parseJson } from '../../utils/json.ts'
import type { App, Person } from '../../world/types.ts'
import { CARD_DEADLINE } from './click.ts'
import type { CardDeps } from './deps.ts'
import type { Card } from './types.ts'

export const DYNAMIC_TOPIC = '/v1.0/card/dynamicData/get'

/** A data source that a card asks for its dynamic data. */
export interface DataSourceRequest {
  /** The id of the source, as the template names it. */
  readonly dynamicDataSourceId: string
  /** Fixed parameters of the source; none by default. */
  readonly constParams?: Readonly<Record<string, string>>
}

/** The data of one source, as the bot has answered it. */
export interface DataSourceResponse {
  /** The id of the source that was asked for. */
  readonly dynamicDataSourceId: string
  /** The type of the value in `data`. */
  readonly dynamicDataValueType: 'OBJECT' | 'ARRAY' | 'STRING'
  /** The value, as JSON text. */
  readonly data: string
}

/** The outcome of `sim.pullDynamicData()`. */
export interface Pulled {
  /** The bot's ack: it has 2 s. */
  readonly ack: AckResult
  /** The data by source; undefined when there was no good answer in time. */
  readonly responses: readonly DataSourceResponse[] | undefined
  /** The `data` that was pushed, under `/v1.0/card/dynamicData/get`. */
  readonly payload: Readonly<Record<string, unknown>>
}

const schema = v.looseObject({
  response: v.looseObject({
    dataSourceQueryResponses: v.array(
      v.object({
        dynamicDataSourceId: v.string(),
        dynamicDataValueType: v.picklist(['OBJECT', 'ARRAY', 'STRING']),
        data: v.string(),
      }),
    ),
  }),
})

export interface PullDeps extends Pick<CardDeps, 'world' | 'violation'> {
  readonly pushes: Pushes
}

/** Lets a card ask for its dynamic data, on behalf of somebody who looks at it. */
export async function pullData(
  deps: PullDeps,
  app: App,
  { card, person, requests }: { card: Card; person: Person; requests: readonly DataSourceRequest[] },
): Promise<Pulled> {
  const { world, pushes, violation } = deps
  const payload = {
    type: 'dynamicDataCallback',
    corpId: world.corpId,
    userId: card.userIdType === 1 ? person.userId : person.unionId,
    outTrackId: card.outTrackId,
    content: JSON.stringify({ dynamicDataSourceQueryRequests: requests }),
  }
  const { delivery } = await pushes.push(app, {
    type: 'CALLBACK',
    topic: DYNAMIC_TOPIC,
    data: payload,
    deadline: CARD_DEADLINE,
  })
  const ack = await delivery.ack
  if (ack.status !== 'acked' || ack.code !== 200) return { ack, responses: undefined, payload }
  const parsed = v.safeParse(schema, parseJson(ack.data))
  if (parsed.success) return { ack, responses: parsed.output.response.dataSourceQueryResponses, payload }
  const [issue] = parsed.issues
  violation({
    reason: `the answer to a pull of data is wrong at ${v.getDotPath(issue) ?? 'data'}: ${issue.message}`,
    raw: ack.data,
  })
  return { ack, responses: undefined, payload }
}

/** The sources of a card's own `openDynamicDataConfig`. */
export function sourcesOf({ dynamicData }: Pick<Card, 'dynamicData'>): readonly DataSourceRequest[] {
  const source = v.looseObject({
    dynamicDataSourceId: v.string(),
    constParams: v.optional(v.record(v.string(), v.string()), {}),
  })
  const config = v.safeParse(v.looseObject({ dynamicDataSourceConfigs: v.array(source) }), dynamicData)
  if (!config.success) return []
  return config.output.dynamicDataSourceConfigs.map(({ dynamicDataSourceId, constParams }) => ({
    dynamicDataSourceId,
    constParams,
  }))
}
