import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Contribution } from "../../../client-web/src/lib/generated/protocol";
import { supportFigure } from "../../../client-web/src/lib/live/contributions";
import { hasCard, unread } from "../../../client-web/src/room/readable";
import { groundKey } from "../../../client-web/src/lib/grounds";
import { mayEdit, ownState } from "../../../client-web/src/room/own-state";
import { HeldKinds } from "../../../client-web/src/room/held-kinds";
import { fairOrder } from "../../../client-web/src/room/fair-order";
import { TablePhone } from "../../../client-web/src/room/table-phone.svelte";
import { languageOf } from "../../../client-web/src/room/reading/language-of";
import { parse, usual } from "../../../client-web/src/lib/reading/settings";
import { sentState } from "../../../client-web/src/room/sent";
import { Twins } from "../../../client-web/src/room/twins.svelte";
import { whoSees } from "../../../client-web/src/room/who-sees";

describe("who sees what is being written", () => {
  const named = { anonymous: false };
  const open = { silent: false, anonymous: false, moderation: "after" } as const;
  const keys = (...given: Parameters<typeof whoSees>) =>
    whoSees(...given).map(({ key }) => key);

  test("everybody at once, beside the name one chose", () =>
    expect(whoSees(open, named, "سعاد")).toEqual([
      { key: "sees.atonce" },
      { key: "write.named", params: { name: "سعاد" } },
    ]));
  test("nobody before the reveal while writing is silent", () =>
    expect(keys({ ...open, silent: true }, named)[0]).toBe("sees.veiled"));
  test("the facilitator first, also while writing is silent", () =>
    expect(keys({ ...open, silent: true, moderation: "before" }, named)[0]).toBe("sees.before"));
  test("no name in an anonymous workshop, whatever one chose", () =>
    expect(keys({ ...open, anonymous: true }, { anonymous: true }, "سعاد")).toEqual([
      "sees.atonce",
      "sees.nameless",
    ]));
  test("no name beside what is written in a phase without names", () =>
    expect(keys({ ...open, anonymous: true }, named, "سعاد")).toEqual([
      "sees.atonce",
      "sees.namelessNow",
    ]));
});

describe("what was sent", () => {
  const entry = (id: string, state: "waiting" | "rejected" = "waiting", action = "contribute") => ({
    id,
    workshop: "w",
    command: { action },
    state,
    ...(state === "rejected" ? { code: "wrong_phase" } : {}),
    at: 0,
  });
  const mine = new Map([["a", { receipt: "K7QM-3F9P-XTWB" }]]);
  const way = { live: true, readOnly: false, slow: false };

  test.each([
    ["on its way", way, "sending"],
    ["waiting for the network", { ...way, live: false }, "waiting"],
    ["waiting while the server keeps nothing", { ...way, readOnly: true }, "waiting"],
    ["waiting for its turn in slow mode", { ...way, slow: true }, "slow"],
    ["waiting for the network, also in slow mode", { ...way, live: false, slow: true }, "waiting"],
  ])("is %s until the server has it", (_, present, how) =>
    expect(sentState([entry("a")], "a", mine, present)).toEqual({ how }));
  test("is kept when it has left the outbox for the server's disk, and then has a receipt", () => {
    expect(sentState([], "a", mine, way)).toEqual({ how: "kept", receipt: "K7QM-3F9P-XTWB" });
    expect(sentState([], "b", mine, way)).toBeNull();
  });
  test("says nothing any more when something else is typed", () =>
    expect(sentState([], null, mine, way)).toBeNull());
  test("that still waits after a reload, or beside what was kept, is not forgotten", () =>
    expect(sentState([entry("b"), entry("c", "waiting", "support")], "a", mine, way)).toEqual({ how: "sending" }));
  test("is kept, whatever was refused before it", () =>
    expect(sentState([entry("0", "rejected")], "a", mine, way)).toEqual({ how: "kept", receipt: "K7QM-3F9P-XTWB" }));
  test("is refused with its reason", () =>
    expect(sentState([entry("a", "rejected")], "a", new Map(), way)).toEqual({
      how: "refused",
      code: "wrong_phase",
    }));
});

describe("likely twins", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());
  const text = "النقل المدرسي في العالم القروي";

  test("are asked for once typing rests, not at each letter", async () => {
    const asker = vi.fn(async () => ["a"]);
    const twins = new Twins("w", asker);
    for (let length = 12; length <= text.length; length++)
      twins.look(text.slice(0, length), "problem");
    expect(asker).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(600);
    expect(asker.mock.calls).toEqual([[text, "problem"]]);
    expect(twins.found).toEqual(["a"]);
  });
  test("are not asked for below twelve letters", async () => {
    const asker = vi.fn(async () => ["a"]);
    new Twins("w", asker).look("  قصير جدا   ", "problem");
    await vi.advanceTimersByTimeAsync(5_000);
    expect(asker).not.toHaveBeenCalled();
  });
  test("an answer that comes after the text was sent is dropped", async () => {
    let answer: (found: string[]) => void = () => {};
    const twins = new Twins("w", () => new Promise((resolve) => (answer = resolve)));
    twins.look(text, "problem");
    await vi.advanceTimersByTimeAsync(600);
    twins.clear();
    answer(["late"]);
    await vi.advanceTimersByTimeAsync(0);
    expect(twins.found).toEqual([]);
  });
  test("a server that fails is no trouble for the writer", async () => {
    const twins = new Twins("w", () => Promise.reject(new Error("down")));
    twins.look(text, "problem");
    await vi.advanceTimersByTimeAsync(600);
    expect(twins.found).toEqual([]);
  });
});

describe("the board of the room", () => {
  const card = (id: string, more: Partial<Contribution> = {}): Contribution => ({
    id,
    kind: "problem",
    state: "shown",
    text: id,
    edits: 0,
    at: 0,
    seq: 1,
    ...more,
  });
  const veiled = { veiled: true, text: undefined } as const;
  const waiting = { state: "waiting", text: undefined } as const;

  test.each([
    ["what is shown", card("a"), true],
    ["what is hidden, with its reason", card("a", { state: "hidden" }), true],
    ["my own while it waits", card("mine", waiting), true],
    ["my own while writing is silent", card("mine", veiled), true],
    ["nothing withdrawn", card("mine", { state: "withdrawn" }), false],
    ["nothing that stands inside a group", card("a", { merged_into: "b" }), false],
    ["no silent words of others", card("a", veiled), false],
    ["no waiting words of others", card("a", waiting), false],
  ])("has a card for %s", (_, one, expected) =>
    expect(hasCard(one, new Set(["mine"]))).toBe(expected));

  test("counts what others wrote and nobody reads yet", () =>
    expect(
      unread(
        [card("a", veiled), card("b", veiled), card("c", waiting), card("mine", veiled), card("d")],
        new Set(["mine"]),
      ),
    ).toEqual({ veiled: 2, waiting: 1 }));

  test("a group counts people once, and hidden figures are no zero", () => {
    expect(supportFigure(card("a", { supports: 2, together: 5 }))).toBe(5);
    expect(supportFigure(card("a", { supports: 2 }))).toBe(2);
    expect(supportFigure(card("a"))).toBeUndefined();
  });
});

describe("one's own contribution", () => {
  const editing = { edit: true };
  const over = { edit: false };

  test.each([
    ["kept", { state: "shown" }, undefined],
    ["veiled", { state: "shown" }, { veiled: true }],
    ["before", { state: "waiting" }, undefined],
    ["hidden", { state: "hidden" }, { veiled: true }],
    ["withdrawn", { state: "withdrawn" }, undefined],
  ] as const)("is told to be %s", (told, own, onBoard) =>
    expect(ownState(own, onBoard)).toBe(told));

  test.each([
    ["while the phase permits it", { state: "shown" }, editing, "problems", true],
    ["not afterwards", { state: "shown" }, over, "plenary", false],
    ["when asked for other words, in any phase", { state: "shown", reword_note: "?" }, over, "plenary", true],
    ["when asked for other words, though it is hidden", { state: "hidden", reword_note: "?" }, over, "plenary", true],
    ["not when the workshop is closed", { state: "shown", reword_note: "?" }, over, "closed", false],
    ["not when it is frozen", { state: "shown", frozen: true, reword_note: "?" }, editing, "problems", false],
    ["not when it is hidden", { state: "hidden" }, editing, "problems", false],
    ["while it waits for a facilitator", { state: "waiting" }, editing, "problems", true],
  ] as const)("may be edited %s", (_, own, rules, phase, expected) =>
    expect(mayEdit(own, rules, phase)).toBe(expected));

  test("the ground \"other\" has a key that is no plural form", () =>
    expect(groundKey("other")).toBe("ground.otherGround"));
});

describe("reading", () => {
  test.each([
    ["النقل المدرسي", "fr", "ar"],
    ["Le transport scolaire", "ar", "fr"],
    ["School transport", "en", "en"],
    ["مشروع PDF", "fr", "ar"],
    ["2026", "ar", "ar"],
  ] as const)("%s on a page in %s is read in %s", (text, page, expected) =>
    expect(languageOf(text, page)).toBe(expected));

  test("settings are what was kept", () =>
    expect(parse('{"size":"huge","contrast":true,"still":true}')).toEqual({
      size: "huge",
      contrast: true,
      still: true,
    }));
  test("what an earlier version kept is still heard", () =>
    expect(parse('{"size":"large","contrast":true}')).toEqual({ size: "large", contrast: true, still: false }));
  test.each([null, "", "null", "{", '{"size":"giant","contrast":"yes","still":1}'])(
    "settings are the usual ones when %s was kept",
    (kept) => expect(parse(kept)).toEqual(usual),
  );
});

describe("the order in which people weigh", () => {
  const cards = Array.from({ length: 40 }, (_, i) => ({ id: `card-${i}` }) as Contribution);
  const people = Array.from({ length: 400 }, (_, i) => `019a1f00-0000-7000-8000-${String(i).padStart(12, "0")}`);
  const ids = (person: string, seen: Record<string, number> = {}) =>
    fairOrder(cards, seen, person).map(({ id }) => id);

  test("is everybody's own, and the same each time", () => {
    expect(new Set(people.map((person) => ids(person).join())).size).toBe(people.length);
    expect(ids(people[0]!)).toEqual(ids(people[0]!));
    expect([...ids(people[0]!)].sort()).toEqual(cards.map(({ id }) => id).sort());
  });

  test("begins with what the fewest have seen", () => {
    const seen = Object.fromEntries(cards.map(({ id }, i) => [id, i < 5 ? i : 9]));
    for (const person of people.slice(0, 20))
      expect(ids(person, seen).slice(0, 5)).toEqual(["card-0", "card-1", "card-2", "card-3", "card-4"]);
  });

  test("puts every card among the first ten of about as many people", () => {
    const first = new Map<string, number>();
    for (const person of people)
      for (const id of ids(person).slice(0, 10)) first.set(id, (first.get(id) ?? 0) + 1);
    // 100 of 400 people are meant for each of the 40; six standard deviations are 52.
    for (const { id } of cards) expect(Math.abs((first.get(id) ?? 0) - 100)).toBeLessThan(52);
  });
});

describe("the one phone of a table", () => {
  beforeEach(() => {
    const kept = new Map<string, string>();
    vi.stubGlobal("localStorage", {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
      removeItem: (key: string) => void kept.delete(key),
    });
  });
  afterEach(() => void vi.unstubAllGlobals());

  test("declares its people for that table and no other, also after a reload", () => {
    new TablePhone("w").set("table", 6);
    expect(new TablePhone("w").peopleAt("table")).toBe(6);
    expect(new TablePhone("w").peopleAt("elsewhere")).toBeNull();
    expect(new TablePhone("w").peopleAt(null)).toBeNull();
    expect(new TablePhone("another").peopleAt("table")).toBeNull();
  });
  test("is one person's again when that is said", () => {
    const phone = new TablePhone("w");
    phone.set("table", 6);
    phone.set("table", null);
    expect(phone.peopleAt("table")).toBeNull();
    expect(new TablePhone("w").peopleAt("table")).toBeNull();
  });
  test.each([
    [0, 1],
    [120, 99],
  ])("declares what the server takes: %i as %i", (typed, taken) => {
    const phone = new TablePhone("w");
    phone.set("table", typed);
    expect(phone.peopleAt("table")).toBe(taken);
  });
  test.each(["null", "3", "{", '{"table":1,"people":4}', '{"table":"table","people":"many"}'])(
    "starts as one person's with %s on the device",
    (kept) => {
      localStorage.setItem("warsha.table-phone.w", kept);
      expect(new TablePhone("w").peopleAt("table")).toBeNull();
    },
  );
});

describe("what can be written", () => {
  const open = { contribute: ["solution" as const, "result" as const], paused: false };
  const paused = { contribute: [], paused: true };

  test("stays the same while writing is paused: what is half typed keeps its form", () => {
    const held = new HeldKinds();
    held.of("solutions", open);
    expect(held.of("solutions", paused)).toEqual(["solution", "result"]);
  });

  test("is nothing where the pause goes on in another phase, or was there first", () => {
    const held = new HeldKinds();
    expect(held.of("solutions", paused)).toEqual([]);
    held.of("solutions", open);
    expect(held.of("plenary", paused)).toEqual([]);
  });
});
