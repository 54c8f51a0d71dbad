// The builder without waiting in the dark: progress, a cancel, and the answer in place.
// Everything works without this too, by plain links and forms.
"use strict";

(() => {
  const form = document.getElementById("form");
  const panel = document.getElementById("progress");
  const text = document.getElementById("progress-text");
  const bar = panel.querySelector("progress");
  const prefix = document.documentElement.dataset.prefix; // what a proxy puts before addresses
  let running = null;

  function say(words) {
    if (text.textContent !== words) text.textContent = words;
  }

  const show = (step) =>
    showStep(step, text, bar, () =>
      step.total ? `Following the traffic, part ${step.part}` : "Applying the shocks",
    );

  // Put the page of an address in the place of this one, and note it in the history.
  async function open(address, signal, push) {
    const response = await fetch(address, { signal });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    document.title = page.title;
    for (const id of ["outcome"]) {
      const fresh = page.getElementById(id);
      if (!fresh) return location.assign(address); // another page: a server that is busy, say
      document.getElementById(id).replaceWith(document.adoptNode(fresh));
    }
    const builder = page.querySelector("section[aria-labelledby=builder]");
    document.querySelector("section[aria-labelledby=builder]").replaceWith(document.adoptNode(builder));
    if (push) history.pushState(null, "", response.url);
    listen();
    const heading = document.querySelector("#outcome h2");
    if (heading) heading.focus();
  }

  async function run(query) {
    if (running) running.abort();
    const mine = new AbortController();
    running = mine;
    panel.hidden = false;
    show({ part: 1, total: 0 });
    try {
      await follow(`${prefix}/what-if/progress?${query}`, mine.signal, show);
      await open(`${prefix}/what-if?${query}`, mine.signal, true);
      say("");
    } catch (error) {
      if (error.name !== "AbortError") location.assign(`${prefix}/what-if?${query}`);
    } finally {
      if (running === mine) {
        running = null;
        panel.hidden = true;
      }
    }
  }

  function queryOf(element) {
    const pairs = [...new FormData(element)].filter(([name, value]) => value && name !== "add");
    return new URLSearchParams([...pairs, ["run", "1"]]).toString();
  }

  function listen() {
    document.getElementById("form").addEventListener("submit", (event) => {
      if (event.submitter && event.submitter.value !== "run") return;
      event.preventDefault();
      run(queryOf(event.target));
    });
  }

  document.getElementById("cancel").addEventListener("click", () => {
    if (running) running.abort();
    say("Cancelled");
    document.querySelector("#form button.main").focus();
  });
  addEventListener("popstate", () => location.reload());
  if (form) listen();
})();
