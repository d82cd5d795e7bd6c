#!/usr/bin/env -S node --disable-warning=ExperimentalWarning
// The trials: what could go wrong in a hall, done to the real server on purpose. See --help.
import { parseArgs } from 'node:util';

/** In the order in which they run; the first are those of every test run. */
const quick =
  'judge kill power-loss io-error disk-full drain slow-loris descriptors clock network writing'.split(' ');
const names = [...quick, 'netem', 'half-open', 'memory', 'page', 'soak'];

/** How large a trial is: in every test run, and for the record. */
const sizes = {
  kills: [50, 1_000],
  cuts: [40, 200],
  connections: [1_000, 10_000],
  partition: [6, 20],
  hours: [1, 8],
};

const usage = `node --disable-warning=ExperimentalWarning tests/trials/run.mjs [TRIAL ...]

Does to the real server what could go wrong, and says whether it ended as promised. Without a TRIAL: those that
take some 3 minutes together. Builds nothing: first ninja -C build/release warsha warsha_faulty_disk
warsha_shifted_clock (or ./tests/run trials, which does).

  --all             every trial
  --record          every trial, at full size: about an hour
  --kills N         of the trial kill (default 50; for the record 1000)
  --cuts N          power failures of power-loss (40; 200)
  --connections N   of drain (1000; 10000)
  --partition N     seconds for which the network is parted in network and netem (6; 20)
  --hours N         hours' worth of workshops in soak (1; 8)
  --seed N          of everything left to chance; a trial prints its seed
  --list            the trials, each with its right outcome
  --help

A line for each trial says how it ended; the last line counts. Exit status 0: none failed. Needs Node 22.13; the
trials disk-full, netem and half-open need root and say when they are skipped. TRIALS_TRACE=1 shows where a trial
failed. WARSHA_BINARY names another server to try.`;

function arguments_() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        ...Object.fromEntries(Object.keys(sizes).map((name) => [name, { type: 'string' }])),
        seed: { type: 'string' },
        all: { type: 'boolean' },
        record: { type: 'boolean' },
        list: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
        inside: { type: 'boolean' }, // for namespace.mjs: the part of a trial that runs in a namespace
        options: { type: 'string' },
      },
    });
  } catch (error) {
    console.error(`trials: ${error.message} (--help tells more)`);
    process.exit(2);
  }
}

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 13)) {
  console.error(
    `trials: they read the database with node:sqlite, of Node 22.13 or newer; this is ${process.version}`,
  );
  process.exit(2);
}

const { values, positionals } = arguments_();
if (values.help) {
  console.log(usage);
  process.exit(0);
}
const unknown = positionals.find((name) => !names.includes(name));
if (unknown) {
  console.error(`trials: there is no trial "${unknown}" (--list names them)`);
  process.exit(2);
}
const chosen = positionals.length ? positionals : values.all || values.record || values.list ? names : quick;
const trials = await Promise.all(chosen.map(async (name) => ({ name, ...(await import(`./${name}.mjs`)) })));
if (values.list) {
  for (const { name, summary, outcome } of trials)
    console.log(`${name}\n    ${summary}\n    right: ${outcome}`);
  process.exit(0);
}

const size = (name) => {
  if (values[name] === undefined) return sizes[name][values.record ? 1 : 0];
  const number = Number(values[name]);
  if (Number.isInteger(number) && number > 0) return number;
  console.error(`trials: --${name} takes a whole number above 0`);
  process.exit(2);
};
const options = Object.fromEntries(Object.keys(sizes).map((name) => [name, size(name)]));

if (values.inside) {
  const say = (object) => process.stdout.write(`${JSON.stringify(object)}\n`);
  const progress = (line) => say({ progress: line });
  try {
    const context = { seed: Number(values.seed), options: JSON.parse(values.options), progress };
    say({ words: await trials[0].inside(context) });
  } catch (error) {
    say(
      error.name === 'Skipped'
        ? { skipped: error.message }
        : { error: process.env.TRIALS_TRACE ? error.stack : error.message },
    );
  }
  process.exit(0);
}

/** On a terminal one line that changes; elsewhere a line now and then, so that a long run is seen to live. */
function reporter(name) {
  let last = performance.now();
  return (line) => {
    if (process.stderr.isTTY) return void process.stderr.write(`\r\x1b[K     ${name}: ${line}`);
    if (performance.now() - last < 20_000) return;
    last = performance.now();
    process.stderr.write(`     ${name}: ${line}\n`);
  };
}

const results = { ok: 0, FAIL: 0, skip: 0 };
for (const trial of trials) {
  const seed = values.seed === undefined ? Math.floor(Math.random() * 1e9) : Number(values.seed);
  const began = performance.now();
  const progress = reporter(trial.name);
  let how = 'ok';
  let words;
  try {
    words = await trial.run({ options, seed, progress });
  } catch (error) {
    how = error.name === 'Skipped' ? 'skip' : 'FAIL';
    words = how === 'skip' ? error.message : `right would be: ${trial.outcome}\n       ${error.message}`;
    if (how === 'FAIL' && process.env.TRIALS_TRACE) words += `\n${error.stack}`;
  }
  results[how]++;
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  console.log(`${how.padEnd(4)} ${trial.name} (${seconds} s, seed ${seed}): ${words}`);
}
console.log(`${results.ok} passed, ${results.FAIL} failed, ${results.skip} skipped`);
process.exit(results.FAIL === 0 ? 0 : 1);
