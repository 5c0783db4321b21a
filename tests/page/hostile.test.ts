import { createSimulator, FORM_TEMPLATE_ID } from '@dingware/simulator'
import { expect, test } from 'vitest'
import { testInBrowser } from '../support/browser.ts'
import { caller, TEMPLATES } from './support/platform.ts'
import { setStage } from './support/stage.ts'

const stage = setStage()

/** Each would set `pwned` if it ran, or ask for something at evil.example. */
const attacks = [
  `<script>top.pwned=1</script>`,
  `<img src=x onerror="top.pwned=1">`,
  `<svg onload="top.pwned=1"><script>top.pwned=1</script></svg>`,
  `<iframe srcdoc="<script>top.pwned=1</script>"></iframe>`,
  `<a href="javascript:top.pwned=1">click</a>`,
  `[click](javascript:top.pwned=1)`,
  `![x](javascript:top.pwned=1) ![y](https://evil.example/pixel.png)`,
  `<style>@import url(https://evil.example/a.css)</style>`,
  `<div style="background:url(https://evil.example/b.png)">`,
  `<font color=red onmouseover="top.pwned=1">x</font>`,
  `<a atId="x" onclick="top.pwned=1">y</a>`,
  `<math><mi//xlink:href="data:x,<script>top.pwned=1</script>">`,
  `<form action="https://evil.example"><button>go</button></form>`,
  `"><img src=https://evil.example/c.png>`,
  `{{constructor.constructor("top.pwned=1")()}}`,
]
const all = attacks.join('\n\n')

testInBrowser(
  'no script runs from a message, card, file, name, title or link, and nothing is asked elsewhere',
  async () => {
    const nick = `<img src=x onerror="top.pwned=1">`
    const sim = await stage.simulator({ botName: `<b onclick="top.pwned=1">Bot</b>` })
    const api = await caller(sim)
    const eve = sim.user(nick)
    const { page, problems } = await stage.open(sim, { viewport: { width: 1280, height: 9_000 } })
    const group = sim.group(`</title><script>top.pwned=1</script>`, [eve])
    await eve.say(all)
    await eve.send({
      msgtype: 'file',
      file: {
        name: `"><script>top.pwned=1</script>.html`,
        bytes: `<script>top.pwned=1</script>`,
      },
    })
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" onload="top.pwned=1"><script>top.pwned=1</script></svg>`
    await eve.send({ msgtype: 'picture', file: { name: 'a.svg', bytes: svg } })
    await eve.send({ msgtype: 'audio', recognition: all })
    await eve.send({ msgtype: 'richText', parts: [{ text: all }] })
    await eve.send({ msgtype: 'anything', content: { text: all } })
    await api.send(nick, 'sampleMarkdown', { title: all, text: all })
    await api.send(nick, 'sampleLink', {
      title: all,
      text: all,
      picUrl: 'https://evil.example/d.png',
      messageUrl: `javascript:top.pwned=1`,
    })
    await api.send(nick, 'sampleImageMsg', { photoURL: `data:text/html,<script>top.pwned=1</script>` })
    await api.webhook(nick, {
      msgtype: 'actionCard',
      actionCard: { title: all, text: all, btns: [{ title: all, actionURL: `javascript:top.pwned=1` }] },
    })
    await api.webhook(nick, {
      msgtype: 'feedCard',
      feedCard: { links: [{ title: all, messageURL: `JaVaScRiPt:top.pwned=1`, picURL: all }] },
    })
    await eve.send({
      msgtype: 'chatRecord',
      title: all,
      summary: [all],
      records: [{ from: all, content: all, fileName: all }],
    })
    await eve.send({ msgtype: 'interactiveCard', url: `javascript:top.pwned=1` })
    const label = { text: all }
    await api.oldCard(nick, {
      header: { title: label, logo: all },
      contents: [
        { type: 'markdown', text: all },
        { type: 'text', text: all },
        { type: 'image', image: `javascript:top.pwned=1` },
        { type: 'action', actions: [{ label, url: { all: `javascript:top.pwned=1` } }] },
        { type: all },
      ],
    })
    const layout = JSON.stringify({
      msgButtons: [
        { text: all, url: `javascript:top.pwned=1` },
        { text: all, id: all, request: true },
      ],
      msgSlider: [{ title: all, image: `javascript:top.pwned=1` }],
      source: { text: all },
    })
    for (const template of [...Object.values(TEMPLATES), FORM_TEMPLATE_ID, 'own.schema']) {
      const names = [
        'title',
        'markdown',
        'tips',
        'logo',
        'msgTitle',
        'msgContent',
        'staticMsgContent',
        'content',
        'goal',
        'status',
        'result',
        'question_title',
        'question_desc',
        'form_btn_text',
      ]
      const variables = Object.fromEntries(names.map(name => [name, all]))
      const fields = JSON.stringify([{ name: all, label: all, type: 'select', options: [all] }])
      await api.card({ user: nick }, template, {
        ...variables,
        fields,
        form: JSON.stringify({
          fields: [{ name: all, label: all, type: 'SELECT', options: [{ value: all, text: all }] }],
        }),
        question_id: all,
        btns: JSON.stringify([{ text: all, event: { type: 'openLink', params: { url: 'javascript:top.pwned=1' } } }]),
        plan: JSON.stringify({ plan: all }),
        sys_full_json_obj: layout,
      })
    }
    await api.webhook(nick, { msgtype: 'text', text: { content: all } }, group)

    for (const conversation of await page.locator('.conversation').all()) {
      await conversation.click()
      await page.locator('.log').evaluate(element => element.scrollTo(0, 0))
      // Whatever could run has been drawn by the second frame.
      await page.evaluate('new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))')
      expect(await page.evaluate('typeof top.pwned')).toBe('undefined')
      expect(
        await page
          .locator(
            'a[href^="javascript" i], .message script, .message iframe, .message style, .message form:not(.card-form, .press-by-hand)',
          )
          .count(),
      ).toBe(0)
      expect(await page.locator('.message :is([onclick], [onerror], [onload], [onmouseover])').count()).toBe(0)
    }
    expect(problems.filter(problem => !/Failed to load resource/.test(problem))).toEqual([])
  },
)

test.each([
  ['a.svg', '<svg xmlns="http://www.w3.org/2000/svg"/>', 'application/octet-stream'],
  ['a.html', '<script>1</script>', 'application/octet-stream'],
  ['a.png', '\x89PNG\r\n\x1a\n', 'application/octet-stream'],
  ['../../etc/passwd', 'root', 'application/octet-stream'],
  ['a"\r\nset-cookie: x=1', 'x', 'application/octet-stream'],
])('%j is served as a download that can do nothing', async (name, bytes, type) => {
  await using sim = await createSimulator()
  const answer = await fetch(`${sim.url}/_sim/files?name=${encodeURIComponent(name)}`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: bytes,
  })
  const uploaded: unknown = await answer.json()
  expect(uploaded).toMatchObject({ media: { url: expect.stringMatching(/^\/_sim\/media\/\w+$/) } })
  const { media } = uploaded as { media: { url: string } }
  const { headers } = await fetch(sim.url + media.url)
  expect(headers.get('content-type')).toBe(type)
  expect(headers.get('content-disposition')).toMatch(/^attachment; filename\*=UTF-8''[\w.%-]*$/)
  expect(headers.get('content-security-policy')).toBe("default-src 'none'; sandbox")
  expect(headers.get('x-content-type-options')).toBe('nosniff')
  expect(headers.get('set-cookie')).toBeNull()
})
