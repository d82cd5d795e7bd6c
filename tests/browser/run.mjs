#!/usr/bin/env node
// Journeys in a real browser against a real server. `run.mjs [WORDS]` runs the journeys whose names hold WORDS.
import { finish } from './setting.mjs';

// One after the other: they share workshops, and the last looks at what the others left.
const parts = ['writing', 'joining', 'steering', 'grouping', 'answering', 'reviewing', 'overseeing', 'accessibility'];
for (const part of parts) await import(`./journeys/${part}.mjs`);

const { passed, failed } = await finish();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
