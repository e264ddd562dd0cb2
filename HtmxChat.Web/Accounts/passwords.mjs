// Writes two lists that the password rule needs: the passwords that many people use, most used first, from an npm package;
// and Unicode's decompositions, which .NET does not know where it runs without ICU.
import { readFileSync, writeFileSync } from 'node:fs';

const [commonFile, decompositionsFile] = process.argv.slice(2);

// A shorter one is looked for inside of longer passwords, so only the best known of these.
const common = JSON.parse(readFileSync('node_modules/@zxcvbn-ts/language-common/src/passwords.json', 'utf8'))
  .filter((word, rank) => word.length >= 8 || (word.length >= 5 && rank < 10_000));
writeFileSync(commonFile, common.join('\n'));

const decompositions = [];
for (let code = 0x80; code <= 0x2ffff; code++) {
  const isSurrogate = code >= 0xd800 && code <= 0xdfff;
  const isHangulSyllable = code >= 0xac00 && code <= 0xd7a3; // these follow a rule
  if (isSurrogate || isHangulSyllable) continue;

  const character = String.fromCodePoint(code);
  const decomposed = character.normalize('NFKD');
  if (decomposed !== character) decompositions.push(character + decomposed);
}
writeFileSync(decompositionsFile, decompositions.join('\n'));
