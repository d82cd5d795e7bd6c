#!/usr/bin/env node
// Warsha measured against its goals and its peers, all in one run on one machine. See --help.
import { existsSync, mkdirSync, statfsSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, release, tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { root, warsha } from '../support/server.mjs';
import { Bench } from './bench/bench.mjs';
import { cores } from './bench/cores.mjs';
import { section } from './bench/report.mjs';
import { bareBeast, load } from './bench/servers.mjs';
import fanout from './bench/tables/fanout.mjs';
import growth from './bench/tables/growth.mjs';
import memory from './bench/tables/memory.mjs';
import micro from './bench/tables/micro.mjs';
import returning from './bench/tables/returning.mjs';
import shards from './bench/tables/shards.mjs';
import slow from './bench/tables/slow.mjs';
import vote from './bench/tables/vote.mjs';

const tables = [fanout, memory, returning, vote, slow, growth, shards, micro];

const usage = `node tests/load/bench.mjs [TABLE ...] [--rounds N] [--quick | --reference]

Measures Warsha and its peers (tests/load/peers) and prints each table with its goals, as Markdown; the same
figures as JSON are in build/bench/. Servers run on one core, the load on another, unless a table says otherwise.
Servers take turns (A B C A B C ...); a figure is the median of the rounds, with the range beside it.

${tables.map(({ name, about }) => `  ${name.padEnd(10)} ${about}`).join('\n')}

  --rounds N   how often each is measured (5)
  --quick      one short round, to see that every instrument runs and counts right; goals are not judged
  --reference  longer and more rounds, for figures to quote
  --help       this text

Ends with 1 when an instrument failed or counted wrong; goals that are not reached are only said.
Needs build/release/{warsha,warsha-load,warsha-bare-beast}, client-web/dist and npm ci in tests/load/peers:
./tests/run bench makes them all and runs this.`;

function wrong(words) {
  console.error(`bench: ${words} (see --help)`);
  process.exit(2);
}

function parse(args) {
  const options = { mode: 'normal', rounds: undefined, tables: [] };
  while (args.length > 0) {
    const argument = args.shift();
    if (argument === '--help' || argument === '-h') {
      console.log(usage);
      process.exit(0);
    } else if (argument === '--quick' || argument === '--reference') options.mode = argument.slice(2);
    else if (argument === '--rounds') {
      options.rounds = Number(args.shift());
      if (!Number.isInteger(options.rounds) || options.rounds < 1) wrong('--rounds takes a number');
    } else {
      const table = tables.find(({ name }) => name === argument);
      if (!table) wrong(`there is no table "${argument}"`);
      options.tables.push(table);
    }
  }
  if (options.tables.length === 0) options.tables = tables;
  return options;
}

function requireParts() {
  const parts = [warsha, load, bareBeast, join(root, 'client-web/dist/index.html')];
  parts.push(join(root, 'tests/load/peers/node_modules/ws/package.json'));
  for (const part of parts)
    if (!existsSync(part)) wrong(`${relative(root, part)} is missing; ./tests/run bench makes it`);
  if (cores.length < 2) wrong('two cores are needed, one for the server and one for the load');
}

const folder = join(root, 'build/bench');

/** A commit to memory is no commit: databases are made in build/ where /tmp is a tmpfs. */
function useDisk() {
  const tmpfs = 0x01021994;
  mkdirSync(folder, { recursive: true });
  if (statfsSync(tmpdir()).type === tmpfs) process.env.TMPDIR = folder;
}

const options = parse(process.argv.slice(2));
requireParts();
useDisk();
const bench = new Bench(options.mode, options.rounds);
const began = Date.now();
const machine = `${cpus()[0].model.trim()}, ${availableParallelism()} cores, Linux ${release()}, Node ${process.version}`;
console.log(`# Warsha and its peers\n\n${new Date(began).toISOString()}, ${machine}; ${bench.words}.\n`);

const results = {};
for (const table of options.tables) {
  const started = Date.now();
  try {
    const result = await table.run(bench);
    results[table.name] = { ...result, seconds: (Date.now() - started) / 1_000 };
    console.log(`${section(result, bench.judges)}\n`);
  } catch (error) {
    bench.fault(`${table.name}: ${error.message}`);
    console.log(`## ${table.name}\n\nNo figures: ${error.message}\n`);
  }
  bench.say(`${table.name} took ${((Date.now() - started) / 1_000).toFixed(1)} s`);
}

const file = join(folder, `${new Date(began).toISOString().replaceAll(':', '-').slice(0, 19)}.json`);
const whole = {
  began: new Date(began).toISOString(),
  mode: bench.mode,
  rounds: bench.rounds,
  machine,
  results,
};
writeFileSync(file, JSON.stringify({ ...whole, faults: bench.faults }, null, 1));

const goals = Object.values(results).flatMap((result) => result.goals ?? []);
const reached = goals.filter((goal) => goal.reached).length;
if (bench.faults.length > 0)
  console.log(`Faults:\n\n${bench.faults.map((fault) => `- ${fault}`).join('\n')}\n`);
console.log(
  [
    bench.judges ? `${reached} of ${goals.length} goals reached` : `${goals.length} goals not judged`,
    `${bench.faults.length} faults`,
    `${Math.round((Date.now() - began) / 1_000)} s`,
    `figures in ${relative(root, file)}`,
  ].join('; '),
);
process.exit(bench.faults.length === 0 ? 0 : 1);
