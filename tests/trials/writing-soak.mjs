#!/usr/bin/env node
// Several people on one text, over and over: `writing-soak.mjs [--runs 10000] [--seed 1] [--jobs 1]`. Each run has its
// own seed, from which all that happens follows; a run that fails is named by it, and `--seed N --runs 1` repeats it.
import { fork } from 'node:child_process';
import { parseArgs } from 'node:util';
import { clientCode } from './client-code.mjs';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
    jobs: { type: 'string', default: '1' },
    part: { type: 'boolean', default: false },
  },
});
const whole = (name) => {
  const value = Number(values[name]);
  if (!Number.isSafeInteger(value) || value < 1) throw Error(`--${name} is a whole number from 1 on`);
  return value;
};
const runs = whole('runs');
const first = whole('seed');
const jobs = Math.min(whole('jobs'), runs);

/** The runs of this process; tells what they came to. */
async function soak(from, count, tell) {
  const code = await clientCode();
  const { Simulation, optionsOf } = await code.load('../tests/unit/client-web/writing/simulation.ts');
  const sums = {};
  const faults = [];
  for (let seed = from; seed < from + count; seed++) {
    try {
      const figures = new Simulation(optionsOf(seed)).run();
      for (const [name, value] of Object.entries(figures)) sums[name] = (sums[name] ?? 0) + value;
    } catch (error) {
      faults.push({ seed, message: error.message });
    }
    if ((seed - from + 1) % 200 === 0) tell({ done: 200 });
  }
  await code.close();
  return { sums, faults };
}

if (values.part) {
  process.send({
    result: await soak(first, runs, (message) => process.send(message)),
  });
  process.disconnect();
} else {
  const began = Date.now();
  let done = 0;
  const progress = ({ done: more }) => {
    done += more;
    if (done % 1000 === 0)
      console.log(`${done} of ${runs} runs, ${Math.round((Date.now() - began) / 1000)} s`);
  };
  const share = Math.ceil(runs / jobs);
  const parts = Array.from({ length: jobs }, (_, job) => {
    const from = first + job * share;
    const count = Math.min(share, first + runs - from);
    if (jobs === 1) return soak(from, count, progress);
    return new Promise((settle, reject) => {
      const child = fork(import.meta.filename, ['--part', '--seed', `${from}`, '--runs', `${count}`]);
      let result;
      child.on('message', (message) => (message.result ? (result = message.result) : progress(message)));
      child.on('exit', (code) => (result ? settle(result) : reject(Error(`a part ended with ${code}`))));
    });
  });
  const results = await Promise.all(parts);
  const sums = {};
  for (const result of results)
    for (const [name, value] of Object.entries(result.sums)) sums[name] = (sums[name] ?? 0) + value;
  const faults = results.flatMap((result) => result.faults);
  for (const { seed, message } of faults) console.error(`seed ${seed}: ${message}`);
  const said = Object.entries(sums).map(([name, value]) => `${value} ${name}`);
  console.log(`${runs} runs in ${Math.round((Date.now() - began) / 1000)} s: ${said.join(', ')}`);
  console.log(
    faults.length === 0 ? 'all texts equal, nothing lost, nothing doubled' : `${faults.length} runs FAILED`,
  );
  process.exit(faults.length === 0 ? 0 : 1);
}
