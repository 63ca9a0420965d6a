// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

// Every member of every schema, every parameter and every operation of the OpenAPI document says in Dutch what it is.
// Use: beproefd openapi | node test/descriptions.mjs
import { readFileSync } from 'node:fs';

const document = JSON.parse(readFileSync(0, 'utf8'));
const silent = [];
for (const [name, schema] of Object.entries(document.components.schemas)) {
  const parts = [schema, ...(schema.allOf ?? [])];
  for (const part of parts)
    for (const [member, property] of Object.entries(part.properties ?? {}))
      if (!property.description) silent.push(`${name}.${member}`);
}
for (const [path, operations] of Object.entries(document.paths))
  for (const [method, operation] of Object.entries(operations)) {
    if (typeof operation !== 'object' || Array.isArray(operation) || method === 'parameters') continue;
    if (!operation.summary) silent.push(`${method} ${path}: summary`);
    for (const parameter of operation.parameters ?? [])
      if (!parameter.$ref && !parameter.description) silent.push(`${method} ${path}: ?${parameter.name}`);
  }
if (silent.length > 0) {
  console.error(`Without a Dutch text in a fields.nl.json:\n  ${silent.join('\n  ')}`);
  process.exit(1);
}
console.log('every member, parameter and operation says what it is');
