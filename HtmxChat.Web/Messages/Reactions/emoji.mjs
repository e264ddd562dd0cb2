// Writes the list of all emoji from an npm package, a line for each, in Unicode's order: group, emoji, name, other words
// for it, and its variants with the five skin tones first. Tabs separate them, and commas what is inside of them.
import { readFileSync, writeFileSync } from 'node:fs';

const [file] = process.argv.slice(2);
const read = name => JSON.parse(readFileSync(`node_modules/emojibase-data/en/${name}.json`, 'utf8'));

const groups = new Map(read('messages').groups.map(group => [group.order, group.message]));
const codes = read('shortcodes/github');
const COMPONENTS = 2; // skin tones and hair by themselves, which nobody means

// Those that are shown in colour anyhow need no sign that asks for it.
const plain = emoji => /^\p{Emoji_Presentation}\ufe0f$/u.test(emoji) ? emoji.slice(0, -1) : emoji;

const lines = read('data')
  .filter(emoji => emoji.group !== undefined && emoji.group !== COMPONENTS)
  .sort((one, other) => one.order - other.order)
  .map(emoji => [
    groups.get(emoji.group),
    plain(emoji.emoji),
    emoji.label,
    [...new Set([...(emoji.tags ?? []), ...[codes[emoji.hexcode] ?? []].flat().map(code => code.replaceAll('_', ' '))])].join(),
    (emoji.skins ?? []).sort((one, other) => Array.isArray(one.tone) - Array.isArray(other.tone)).map(variant => variant.emoji).join(),
  ].join('\t'));
writeFileSync(file, lines.join('\n'));
