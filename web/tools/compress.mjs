// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

// Writes FILE.br and FILE.gz beside each text file of the build, so that the server only has to send bytes.
// A compressed copy that is not smaller is left out: the server then sends the file itself.
// Use: node tools/compress.mjs DIRECTORY
import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const texts = new Set(['.html', '.js', '.css', '.svg', '.json', '.txt', '.webmanifest']);
const directory = process.argv[2];
if (!directory) {
  console.error('compress.mjs: say which directory, for example: node tools/compress.mjs dist');
  process.exit(2);
}

const files = (folder) => readdirSync(folder).flatMap((name) => {
  const path = join(folder, name);
  return statSync(path).isDirectory() ? files(path) : [path];
});

let before = 0;
let after = 0;
for (const path of files(directory).filter((path) => texts.has(extname(path)))) {
  const bytes = readFileSync(path);
  const brotli = brotliCompressSync(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
  });
  const gzip = gzipSync(bytes, { level: 9 });
  if (brotli.length < bytes.length) writeFileSync(`${path}.br`, brotli);
  if (gzip.length < bytes.length) writeFileSync(`${path}.gz`, gzip);
  before += bytes.length;
  after += Math.min(bytes.length, brotli.length);
}
console.log(`compressed: ${Math.round(before / 1024)} kB of text to ${Math.round(after / 1024)} kB of brotli`);
