#!/usr/bin/env node
// Converts a published consultation (schema ogp-consultation/1) to a consultation file of ours, on standard output.
import { readFileSync } from 'node:fs';

const usage = `node tests/scenarios/from-ogp-consultation.mjs FILE > consultation.json

Problems keep the heading they were grouped under as their theme. The source does not say which problem a
solution answers, nor how many people supported what: the result has no such links and no supports.`;

function fail(message) {
  console.error(`from-ogp-consultation: ${message}`);
  process.exit(1);
}

const path = process.argv[2];
if (path === '--help' || path === '-h') {
  console.log(usage);
  process.exit(0);
}
if (!path) fail('name the file to convert (--help tells more)');
let source;
try {
  source = JSON.parse(readFileSync(path, 'utf8'));
} catch (error) {
  fail(`${path}: ${error.message}`);
}
if (source.schema !== 'ogp-consultation/1') fail(`${path}: schema is "${source.schema}", not "ogp-consultation/1"`);

const convert = (workshop) => ({
  key: workshop.id,
  title: workshop.title,
  themes: workshop.problem_groups.map((group) => ({ key: group.id, title: group.heading })),
  contributions: [
    ...workshop.problem_groups.flatMap((group) =>
      group.items.map((item) => ({ key: item.id, kind: 'problem', text: item.text, theme: group.id })),
    ),
    ...workshop.solutions.map((item) => ({ key: item.id, kind: 'solution', text: item.text })),
    ...workshop.expected_results.map((item) => ({ key: item.id, kind: 'result', text: item.text })),
  ],
});

console.log(
  JSON.stringify(
    {
      schema: 'warsha.consultation/1',
      title: source.title,
      language: source.language,
      region: source.region.name_ar,
      city: source.city.name_ar,
      venue: source.venue,
      date: source.date,
      organisers: source.organisers.map((organiser) => organiser.name_ar),
      participants: source.participants.total,
      workshops: source.workshops.map(convert),
    },
    null,
    1,
  ),
);
