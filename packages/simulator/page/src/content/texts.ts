import { defineTexts } from '../i18n/texts.ts'

export const contentTexts = defineTexts({
  en: {
    picture: 'Picture',
    openPicture: 'Open the picture in a new tab',
    elsewhere: (host: string) => `Picture at ${host}. Nothing is loaded from elsewhere: open it in a new tab`,
    missing: 'not in this simulator',
    download: (name: string) => `Download ${name}`,
    voice: 'Voice message',
    video: 'Video',
    heard: 'What was heard',
    cannotPlay: 'This browser cannot play it; download it instead',
    skill: 'Skill',
  },
  zh: {
    picture: '图片',
    openPicture: '在新标签页打开图片',
    elsewhere: host => `图片位于 ${host}。页面不加载外部内容，点击在新标签页打开`,
    missing: '不在此模拟器中',
    download: name => `下载 ${name}`,
    voice: '语音消息',
    video: '视频',
    heard: '语音识别结果',
    cannotPlay: '浏览器无法播放，请下载',
    skill: '技能',
  },
})
