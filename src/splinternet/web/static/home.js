// The first page and the search: names are suggested while one types, and the slider of dates
// needs no button.
"use strict";

(() => {
  const PAUSE = 150; // milliseconds after the last letter
  const field = document.querySelector("input[list=suggestions]");
  const list = document.getElementById("suggestions");
  const prefix = document.documentElement.dataset.prefix; // what a proxy puts before addresses
  let waiting = 0;

  async function suggest() {
    const asked = field.value.trim();
    if (!asked) return;
    const query = new URLSearchParams({ q: asked, world: field.form.elements.world?.value ?? "" });
    const response = await fetch(`${prefix}/search/suggest?${query}`);
    if (!response.ok || field.value.trim() !== asked) return;
    list.replaceChildren(
      ...(await response.json()).map(({ value, label }) => new Option(label, value)),
    );
  }

  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => suggest().catch(() => {}), PAUSE); // without it one types on
  });

  const slider = document.querySelector("input[type=range]");
  slider?.addEventListener("change", () => slider.form.submit());
})();
