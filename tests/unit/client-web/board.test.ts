import { readFileSync, readdirSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import type {
  Event,
  Events,
  Snapshot,
} from "../../../client-web/src/lib/generated/protocol";
import { Board } from "../../../client-web/src/lib/live/board.svelte";

const examples = resolve(
  import.meta.dirname,
  "../../../schemas/live/examples/valid",
);
const read = (name: string) =>
  JSON.parse(readFileSync(resolve(examples, name), "utf8"));
const cardId = "019a1f00-0000-7000-8000-000000000001";

const one = (event: Event): Events => ({
  type: "events",
  first: event.seq,
  last: event.seq,
  events: [event],
});

function board(audience: Snapshot["audience"] = "room"): Board {
  const made = new Board();
  made.read({
    audience,
    epoch: "4f2a9c31",
    seq: 5,
    title: "",
    language: "ar",
    agenda: [],
    settings: {
      moderation: "after",
      anonymous: false,
      results_required: false,
      paused: false,
      slow_seconds: 0,
      quorum: 0,
    },
    questions: {},
    phase: "problems",
    tallies_hidden: false,
    projector: { view: "board" },
    caption: null,
    tables: [],
    drafts: [],
    floor: { queue: [] },
    rules: {
      contribute: ["problem"],
      support: false,
      edit: true,
      withdraw: true,
    },
    timer: null,
    themes: [{ id: "019a1f00-0000-7000-8000-000000000009", title: "قبل" }],
    contributions: [
      read("events-contribution-added.json").message.events[0].contribution,
    ],
  } as unknown as Snapshot);
  return made;
}

describe("the board", () => {
  const names = readdirSync(examples).filter((name) =>
    name.startsWith("events-"),
  );

  test("has an example of every event", () =>
    expect(names.length).toBeGreaterThanOrEqual(15));

  test.each(names)("takes %s as its next event", (name) => {
    const made = board();
    expect(made.take(read(name).message)).toBe(true);
    expect(made.seq).toBe(6);
  });

  test("says when an event is missing, and does not take the one after", () => {
    const made = board();
    expect(
      made.take(
        one({ seq: 7, at: 0, type: "theme.removed", theme: "x" } as Event),
      ),
    ).toBe(false);
    expect(made.seq).toBe(5);
  });

  test("moves over tallies that a later one in the message supersedes", () => {
    const made = board();
    const tally = {
      seq: 9,
      at: 0,
      type: "contribution.supported",
      contribution: cardId,
      supports: 4,
    } as Event;
    expect(
      made.take({ type: "events", first: 6, last: 9, events: [tally] }),
    ).toBe(true);
    expect(made.contributions.get(cardId)?.supports).toBe(4);
    expect(made.seq).toBe(9);
  });

  test("takes an event that it has already as nothing new", () => {
    const made = board();
    const event = {
      seq: 5,
      at: 0,
      type: "theme.removed",
      theme: "019a1f00-0000-7000-8000-000000000009",
    };
    expect(made.take(one(event as Event))).toBe(true);
    expect(made.themes).toHaveLength(1);
  });

  test("forgets hidden words for the room and keeps them for staff", () => {
    const message = read("events-contribution-hidden.json").message;
    const room = board();
    room.take(message);
    expect(room.contributions.get(cardId)).toMatchObject({
      state: "hidden",
      reason: message.events[0].reason,
    });
    expect(room.contributions.get(cardId)?.text).toBeUndefined();

    const staff = board("staff");
    staff.take(message);
    expect(staff.contributions.get(cardId)?.text).toBeDefined();
  });

  test("learns all figures when they are revealed, and forgets them when they are hidden", () => {
    const made = board();
    const hidden = (seq: number, on: boolean, supports: number) =>
      one({
        type: "tallies.hidden",
        seq,
        at: 0,
        on,
        tallies: on ? [] : [{ contribution: cardId, supports }],
      } as Event);
    made.take(hidden(6, true, 0));
    expect(made.contributions.get(cardId)?.supports).toBeUndefined();
    made.take(hidden(7, false, 3));
    expect(made.contributions.get(cardId)?.supports).toBe(3);
  });

  test("follows a text that is written together, in code points", () => {
    const made = board();
    const draft = "019a1f00-0000-7000-8000-0000000000aa";
    const heard: string[] = [];
    made.drafts.subscribe(({ draft: id }) =>
      heard.push(made.drafts.get(id)!.text),
    );
    made.take(
      one({
        type: "draft.started",
        seq: 6,
        at: 0,
        draft: {
          id: draft,
          kind: "solution",
          text: "",
          revision: 0,
          writers: 0,
        },
      } as Event),
    );
    const changed = (seq: number, revision: number, edit: unknown[]) =>
      one({
        type: "draft.changed",
        seq,
        at: 0,
        draft,
        revision,
        edit,
        who: "0a0b0c0d",
      } as Event);
    made.take(changed(7, 1, ["نشر 🙂"]));
    made.take(changed(8, 2, [5, " المحضر"]));
    expect(heard).toEqual(["نشر 🙂", "نشر 🙂 المحضر"]);
    made.take(changed(9, 5, ["x"]));
    expect(made.takeMissing()).toBe("board");
  });

  test("asks again for what is mine when it concerns me", () => {
    const made = board();
    made.readMine("0a0b0c0d", { contributions: [], supports: [], ratings: {} });
    const seated = { type: "table.seated", at: 0, table: "x", people: [] };
    made.take(
      one({ ...seated, seq: 6, who: ["ffffffff"] } as unknown as Event),
    );
    expect(made.takeMissing()).toBeNull();
    made.take(
      one({ ...seated, seq: 7, who: ["0a0b0c0d"] } as unknown as Event),
    );
    expect(made.takeMissing()).toBe("mine");
    expect(made.mySeat).toBe("x");
  });

  test("ungroups the contributions of a theme that is removed", () => {
    const made = board();
    made.take(read("events-contribution-placed.json").message);
    made.take(
      one({ ...read("events-theme-removed.json").message.events[0], seq: 7 }),
    );
    expect(made.contributions.get(cardId)?.theme).toBeUndefined();
  });
});
