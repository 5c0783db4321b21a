import type { Simulator } from '../../simulator.ts'
import { type Answer, accessToken, caller } from '../api.ts'
import { groupCard, showCard } from '../cards.ts'
import {
  custom,
  faulty,
  getUser,
  old,
  paths,
  raw,
  session,
  to,
  toAlice,
  tooOften,
  v1,
  type Way,
  webhook,
  within,
} from './ways.ts'

const { SEND, TOKEN, OPEN, STREAMING, USER } = paths
const HOOK = '/robot/sendBySession'
const DOWNLOAD = '/v1.0/robot/messageFiles/download'
const SPACES = '/v1.0/convFile/conversations/spaces/query'

/** The way in which each captured answer is provoked, by its name. An answer that no situation provokes is a fault to arm. */
export const provoked: Readonly<Record<string, Way>> = {
  'token-bad-secret': sim => raw(sim.url + TOKEN, { appKey: 'dingfake', appSecret: 'fake' }),
  'gettoken-bad-secret': sim => raw(`${sim.url}/gettoken?appkey=test&appsecret=test`),
  'gettoken-missing-params': sim => raw(`${sim.url}/gettoken`),
  'corp-token-bad-corp-probe': sim =>
    raw(`${sim.url}/v1.0/oauth2/dingtest/token`, {
      client_id: 'a',
      client_secret: 'b',
      grant_type: 'client_credentials',
    }),
  'corp-access-token-bad-suite': sim =>
    raw(`${sim.url}/v1.0/oauth2/corpAccessToken`, {
      suiteKey: 'a',
      suiteSecret: 'b',
      authCorpId: 'c',
      suiteTicket: 't',
    }),
  'errcode-body-on-new-host': sim => raw(`${sim.url}/oauth2/accessToken`, {}),
  'form-body-refused': sim =>
    raw(sim.url + TOKEN, 'appKey=a&appSecret=b', { headers: { 'content-type': 'application/x-www-form-urlencoded' } }),
  'unknown-v1-path': sim => raw(`${sim.url}/v1.0/robot/unknown`, {}),
  'unknown-topapi-path': sim => raw(`${sim.url}/topapi/v2/user/notexist`, {}),
  'token-wrong-realm': faulty('wrongRealm', TOKEN, sim => raw(sim.url + TOKEN, {})),
  'gateway-auth-failed': sim =>
    raw(sim.url + OPEN, { clientId: sim.clientId, clientSecret: 'x', subscriptions: [{ type: 'EVENT', topic: '*' }] }),
  'gateway-html-400': faulty('html', OPEN, sim => raw(sim.url + OPEN, {}), 400),
  'gateway-503': async sim => {
    sim.faults.gateway.answer({ status: 503 })
    return raw(sim.url + OPEN, {})
  },
  'v1-bad-token': v1(undefined, undefined, { 'x-acs-dingtalk-access-token': 'x' }),
  'v1-missing-token': sim => raw(sim.url + SEND, {}),
  'topapi-bad-token': sim => raw(`${sim.url}${USER}?access_token=x`, { userid: 'x' }),
  'topapi-missing-token': sim => raw(sim.url + USER, { userid: 'x' }),
  'oapi-plain-bad-token': sim => raw(`${sim.url}/media/upload?access_token=undefined`, {}),
  'oapi-plain-throttle': tooOften('/media/upload', old('/media/upload')),
  'topapi-throttle-90018': faulty('qps', USER, getUser),
  'topapi-throttle-90002': faulty('qpsOfAll', USER, getUser),
  'topapi-permission': async sim => {
    sim.permissions.revoke('qyapi_get_member')
    return getUser(sim)
  },
  'topapi-ip': faulty('ipNotAllowed', USER, getUser),
  'topapi-user-not-found': old(USER, () => ({ userid: 'nobody' })),
  'topapi-getbyunionid-ok': old('/topapi/user/getbyunionid', sim => ({ unionid: sim.user('Alice').unionId })),
  'token-stale-after-grant': async sim => {
    sim.permissions.revoke('qyapi_robot_sendmsg')
    const call = await caller(sim)
    sim.permissions.grant('qyapi_robot_sendmsg')
    return call('POST', SEND, toAlice(sim))
  },
  'v1-permission': async sim => {
    sim.permissions.revoke('qyapi_robot_sendmsg')
    return v1()(sim)
  },
  'v1-permission-2026': async sim => {
    sim.permissions.revoke('Card.Instance.Write')
    return v1('/v1.0/card/instances', groupCard)(sim)
  },
  'v1-ip': faulty('ipNotAllowed', SEND, v1()),
  'v1-qps': tooOften(SEND, v1()),
  'v1-429-card': faulty('rateLimit', '/v1.0/card/instances', v1('/v1.0/card/instances', groupCard)),
  'system-error-at-400': faulty('systemError', SEND, v1()),
  'streaming-500': within({ templates: { 'hello.schema': { streams: ['content'] } } }, async sim => {
    const call = await showCard(sim)
    return call('PUT', STREAMING, { outTrackId: 'trk_1', guid: 'g', key: 'title', content: 'x', isFull: true })
  }),
  'ip-ban': faulty('ipBanned', SEND, v1()),
  'session-webhook-expired': sim => raw(`${sim.url}${HOOK}?session=x`, { msgtype: 'empty' }),
  'custom-robot-unknown-token': sim => raw(`${sim.url}/robot/send?access_token=fake`, { msgtype: 'empty' }),
  'custom-robot-300001-new-text': faulty('robotUnknown', '/robot/send', custom()),
  'custom-robot-missing-token': sim => raw(`${sim.url}/robot/send`, { msgtype: 'empty' }),
  'custom-robot-get': sim => raw(`${sim.url}/robot/send?access_token=x`),
  'webhook-throttle-130101': within({ switches: { webhookPerMinute: 0, webhookThrottle: '130101' } }, webhook()),
  'webhook-throttle-660026': within({ switches: { webhookPerMinute: 0 } }, custom()),
  'webhook-310000-old': async sim => {
    const { webhook: url } = sim.customRobot(sim.group('Team'), { secret: 'SEC1' })
    return raw(`${url}&timestamp=${sim.clock.now()}&sign=x`, { msgtype: 'text', text: { content: 'x' } })
  },
  'webhook-310000-new': custom({ msgtype: 'text', text: { content: 'x' } }, { keywords: ['alert'] }),
  'webhook-missing-field-400201': webhook({ msgtype: 'text' }),
  'webhook-missing-field-400401': webhook({ msgtype: 'markdown' }),
  'webhook-missing-field-400402': webhook({ msgtype: 'markdown', markdown: { text: 'x' } }),
  'webhook-missing-field-400602': webhook({ msgtype: 'feedCard', feedCard: {} }),
  'webhook-missing-field-401102': webhook({ msgtype: 'file', file: { fileName: 'a.pdf', fileType: 'pdf' } }),
  'webhook-missing-field-401104': custom({ msgtype: 'file', file: { mediaId: '@x', fileName: 'a.pdf' } }),
  'webhook-robot-stopped': faulty('robotStopped', '/robot/send', custom()),
  'webhook-system-error': faulty('systemError', '/robot/send', custom()),
  'webhook-too-long': webhook({ msgtype: 'text', text: { content: 'x'.repeat(20_001) } }),
  'session-webhook-file': webhook({ msgtype: 'file', file: { mediaId: '@x', fileName: 'a.pdf', fileType: 'pdf' } }),
  'session-webhook-image': webhook({ msgtype: 'image', image: { picURL: '@x' } }),
  'session-webhook-voice': webhook({ msgtype: 'voice', voice: { mediaId: '@x', duration: '3000' } }),
  'session-webhook-token-mismatch': async sim =>
    raw(
      await session(sim),
      { msgtype: 'empty' },
      { headers: { 'content-type': 'application/json', 'x-acs-dingtalk-access-token': 'x' } },
    ),
  'custom-robot-doc': within({ switches: { webhookOk: 'text' } }, custom()),
  'batchsend-answer-model': v1(),
  'batchsend-unknown-user': v1(SEND, sim => to(sim, '$:LWCP_v1:$example')),
  'robot-not-exist': v1(SEND, sim => ({ ...to(sim, sim.user('Alice').userId), robotCode: 'dingexample' })),
  'sample-image-mediaid': v1('/v1.0/robot/groupMessages/send', sim => ({
    robotCode: sim.clientId,
    openConversationId: sim.group('Team').conversationId,
    msgKey: 'sampleImageMsg',
    msgParam: '{"photoURL":"@lADExample"}',
  })),
  'ding-failed-list': v1('/v1.0/robot/ding/send', sim => ({
    robotCode: sim.clientId,
    remindType: 1,
    receiverUserIdList: ['nobody', 'noone'],
    content: 'x',
  })),
  'read-status': async sim => {
    const { processQueryKey } = Object((await v1()(sim)).body)
    const alice = sim.user('Alice')
    const [message] = sim.messages
    if (message) alice.read(message)
    const { url, clientId: robotCode } = sim
    const query = new URLSearchParams({ robotCode, processQueryKey })
    const headers = { 'x-acs-dingtalk-access-token': await accessToken(sim) }
    return raw(`${url}/v1.0/robot/oToMessages/readStatus?${query}`, undefined, { headers })
  },
  'recall-errors': async sim => {
    const { processQueryKey } = Object((await v1()(sim)).body)
    const body = { robotCode: sim.clientId, processQueryKeys: [processQueryKey, 'pqkExample2'] }
    return v1('/v1.0/robot/otoMessages/batchRecall', () => body)(sim)
  },
  'file-download-bad-code': v1(DOWNLOAD, sim => ({ downloadCode: 'x', robotCode: sim.clientId })),
  'file-download-picture-code': faulty('unknownError', DOWNLOAD, v1(DOWNLOAD)),
  'file-download-ok': async sim => {
    const { payload } = await sim.user('Alice').send({ msgtype: 'file', file: { name: 'a.pdf', bytes: 'x' } })
    const { downloadCode } = Object(Object(payload).content)
    return v1(DOWNLOAD, () => ({ downloadCode, robotCode: sim.clientId }))(sim)
  },
  'emotion-live': async sim => {
    const { message } = await sim.user('Alice').say('hi')
    return v1('/v1.0/robot/emotion/reply', () => ({
      robotCode: sim.clientId,
      openMsgId: message.id,
      openConversationId: message.conversationId,
      emotionType: 2,
      emotionName: '🤔',
      textEmotion: { emotionId: '2659900', emotionName: '🤔', text: '🤔', backgroundId: 'im_bg_1' },
    }))(sim)
  },
  'media-upload-ok': async sim => upload(sim, 'voice'),
  'media-upload-type-in-url': old('/media/upload'),
  'contact-users-doc': async sim => {
    const headers = { 'x-acs-dingtalk-access-token': await accessToken(sim) }
    return raw(`${sim.url}/v1.0/contact/users/nobody`, undefined, { headers })
  },
  'space-query': v1(`${SPACES}?unionId=u`, sim => ({ openConversationId: sim.group('Team').conversationId })),
}

async function upload(sim: Simulator, type: string): Promise<Answer> {
  const body = new FormData()
  body.set('media', new Blob(['x']), 'a.mp3')
  const response = await fetch(`${sim.url}/media/upload?access_token=${await accessToken(sim)}&type=${type}`, {
    method: 'POST',
    body,
  })
  return { status: response.status, body: await response.json(), headers: response.headers }
}

/** Lines that show no answer of an API of the simulator, each with its reason. */
export const noAnswers: Readonly<Record<string, string>> = {
  'corp-token-errors-doc': 'codes of the page; those of bad credentials and grants are tested in oauth',
  'corp-access-token-doc': 'codes of the page; tested in oauth',
  'private-hosts': 'other hosts, no answer',
  'v1-throttle-codes-doc': 'a list of codes; an answer of its own can be armed for each',
  'v1-quota-doc': 'codes of the page; `sim.quota.api.limit` and the fault `quota` answer them',
  'webhook-throttle-410100-doc': 'a code of the page; what follows one message too many, tested in webhook/rate',
  'webhook-image-probe-agent': 'a request of the platform, which this one does not make',
  'ding-errors': 'codes of DINGs alone',
  'group-robots-query': 'codes of the page alone',
  'quote-by-mcp': 'another service',
  'off-duty': 'no answer was captured',
  'webhook-400007': 'another service',
  'media-txt': 'no answer was captured; taken, tested in files',
  'media-md': 'no answer was captured; taken, tested in files',
  'media-html': 'no answer was captured; refused, tested in files',
  'media-ogg': 'no answer was captured; taken, tested in files',
  'user-get-permission': 'names a permission; see topapi-permission',
}
