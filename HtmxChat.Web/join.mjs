// Joins the parts of a script or a style sheet: node join.mjs TO PART... What is for those who read them stays out of what is sent: comments, indentation and empty lines.
import { readFileSync, writeFileSync } from 'node:fs';

const [to, ...parts] = process.argv.slice(2);
const isScript = to.endsWith('.js');

// A comment of a script has its line for itself, or stands at the end of one after a mark that ends something.
const words = isScript ? /^[ \t]*\/\/.*$|(?<=[;,{(\])}])[ \t]+\/\/ .*$/gm : /\/\*[^]*?\*\//g;

writeFileSync(to, parts.map(part => readFileSync(part, 'utf8').replace(words, '').replace(/^[ \t]+|[ \t]+$/gm, '').replace(/\n{2,}/g, '\n')).join('').trimStart());
