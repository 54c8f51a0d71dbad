// The builder without waiting in the dark: the answer changes while one edits, with progress, a
// cancel and an undo. Everything works without this too, by plain links and forms.
"use strict";

(() => {
  const panel = document.getElementById("progress");
  const text = document.getElementById("progress-text");
  const prefix = document.documentElement.dataset.prefix; // what a proxy puts before addresses
  const SETTLE = 250; // milliseconds after the last edit
  let running = null;
  let settling = 0;
  let named = false; // whether the person gave the scenario its name
  let edits = 0; // answers of this visit that can be undone

  const form = () => document.getElementById("form");
  const builder = () => document.querySelector("section.builder");

  function say(words) {
    if (text.textContent !== words) text.textContent = words;
  }

  const show = (step) =>
    showStep(step, panel, () =>
      step.total ? panel.dataset.step.replace("%", step.part) : panel.dataset.applying,
    );

  // Put the answer of an address in the place of this one; while one edits, the form stays.
  async function open(address, signal, { form: fresh = true } = {}) {
    const response = await fetch(address, { signal });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const outcome = page.getElementById("outcome");
    if (!outcome) return location.assign(address); // another page: a server that is busy, say
    document.title = page.title;
    document.getElementById("outcome").replaceWith(document.adoptNode(outcome));
    if (fresh) {
      builder().replaceWith(document.adoptNode(page.querySelector("section.builder")));
      listen();
    }
    document.querySelector(".bench").className = page.querySelector(".bench").className;
    document.getElementById("undo").hidden = !edits;
    return response.url;
  }

  // Ranges take longer than the answer, so they come after it; not under the eyes of a reader who
  // has opened a part of it.
  async function range() {
    const query = document.getElementById("ranges")?.search;
    if (!query || running) return;
    const mine = new AbortController();
    running = mine;
    try {
      await follow(`${prefix}/what-if/progress${query}`, mine.signal, () => {});
      const outcome = document.getElementById("outcome");
      if (outcome.querySelector("details[open]")) return;
      const read = outcome.contains(document.activeElement);
      await open(`${prefix}/what-if${query}`, mine.signal, { form: false });
      if (read) document.querySelector("#outcome h2")?.focus();
    } catch {
      // The answer stands without them, and the link leads to them.
    } finally {
      if (running === mine) running = null;
    }
  }

  async function run(query, { edited = false } = {}) {
    if (running) running.abort();
    const mine = new AbortController();
    running = mine;
    panel.hidden = false;
    show({ part: 1, total: 0 });
    try {
      await follow(`${prefix}/what-if/progress?${query}`, mine.signal, show);
      edits += 1;
      const at = await open(`${prefix}/what-if?${query}`, mine.signal, { form: !edited });
      history.pushState(null, "", at);
      say("");
      if (!edited) document.querySelector("#outcome h2")?.focus();
    } catch (error) {
      if (error.name !== "AbortError") location.assign(`${prefix}/what-if?${query}`);
    } finally {
      if (running === mine) {
        running = null;
        panel.hidden = true;
        range();
      }
    }
  }

  function queryOf(element) {
    const pairs = [...new FormData(element)].filter(([name, value]) => value && name !== "add");
    return new URLSearchParams([...pairs, ["run", "1"]]).toString();
  }

  // Answer an edit, if the form is whole. A name that others gave no longer fits other shocks.
  function edited(field) {
    clearTimeout(settling);
    if (!named && /^(shocks|blocs)\./.test(field)) form().elements.name.value = "";
    const whole =
      form().querySelector("fieldset.shock") &&
      [...form().querySelectorAll("[data-needed]")].every((field) => field.value.trim());
    if (whole) settling = setTimeout(() => run(queryOf(form()), { edited: true }), SETTLE);
  }

  function listen() {
    form().addEventListener("submit", (event) => {
      clearTimeout(settling);
      const [act, name, ...words] = (event.submitter?.value ?? "run").split(" ");
      if (act === "fill") {
        event.preventDefault();
        form().elements[name].value = words.join(" ");
        edited(name);
      } else if (act === "run") {
        event.preventDefault();
        run(queryOf(form()));
      }
    });
    form().addEventListener("change", (event) => {
      if (event.target.name === "name") named = true;
      if (event.target.name !== "add") edited(event.target.name);
    });
    document.querySelector("#undo button").addEventListener("click", () => history.back());
  }

  document.getElementById("cancel").addEventListener("click", () => {
    if (running) running.abort();
    say(panel.dataset.cancelled);
    document.querySelector("#form button.main").focus();
  });
  addEventListener("popstate", () => {
    if (running) running.abort();
    edits = Math.max(0, edits - 1);
    open(location.href).then(range);
  });
  listen();
  range();
})();
