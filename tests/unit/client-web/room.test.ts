import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Twins } from "../../../client-web/src/room/twins.svelte";
import { whoSees } from "../../../client-web/src/room/who-sees";

describe("who sees what is being written", () => {
  const after = { moderation: "after" } as const;
  const before = { moderation: "before" } as const;
  const open = { silent: false, anonymous: false };
  const keys = (...given: Parameters<typeof whoSees>) =>
    whoSees(...given).map(({ key }) => key);

  test("everybody at once, beside the name one chose", () =>
    expect(whoSees(open, after, "سعاد")).toEqual([
      { key: "sees.atonce" },
      { key: "write.named", params: { name: "سعاد" } },
    ]));
  test("nobody before the reveal while writing is silent", () =>
    expect(keys({ ...open, silent: true }, after)[0]).toBe("sees.veiled"));
  test("the facilitator first, also while writing is silent", () =>
    expect(keys({ ...open, silent: true }, before)[0]).toBe("sees.before"));
  test("no name in an anonymous workshop, whatever one chose", () =>
    expect(keys({ ...open, anonymous: true }, after, "سعاد")).toEqual([
      "sees.atonce",
      "sees.nameless",
    ]));
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
