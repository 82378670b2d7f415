"use strict";
(() => {
	const one = (s, from) => (from || document).querySelector(s);
	const all = (s, from) => [...(from || document).querySelectorAll(s)];
	const box = one("#q"), says = one("#says"), help = one("#help");
	const store = (() => { try { return window.localStorage; } catch { return null; } })();

	// Completion of the query, by what the interface for programs suggests.
	const list = document.createElement("ul");
	list.className = "options";
	list.id = "options";
	list.hidden = true;
	list.setAttribute("role", "listbox");
	list.setAttribute("aria-label", "Suggestions");
	box.after(list);
	for (const [name, value] of [["role", "combobox"], ["aria-expanded", "false"], ["aria-controls", "options"], ["aria-autocomplete", "list"]]) {
		box.setAttribute(name, value);
	}
	let at = -1, typed = "", timer = 0, asked = null;
	const close = () => {
		clearTimeout(timer);
		if (asked) asked.abort();
		list.hidden = true;
		at = -1;
		box.setAttribute("aria-expanded", "false");
		box.removeAttribute("aria-activedescendant");
	};
	const choose = (i) => {
		const items = [...list.children];
		at = i < -1 ? items.length - 1 : i >= items.length ? -1 : i;
		items.forEach((li, k) => li.setAttribute("aria-selected", k === at));
		if (at < 0) {
			box.removeAttribute("aria-activedescendant");
			box.value = typed;
		} else {
			box.setAttribute("aria-activedescendant", items[at].id);
			box.value = items[at].dataset.query;
		}
	};
	const show = (found) => {
		list.replaceChildren(...found.map((s, i) => {
			const li = document.createElement("li"), name = document.createElement("span"), n = document.createElement("span");
			li.id = "option" + i;
			li.setAttribute("role", "option");
			li.setAttribute("aria-selected", "false");
			li.dataset.query = s.query;
			name.textContent = s.query;
			n.textContent = s.articles ? s.articles.toLocaleString("en") : "";
			li.append(name, n);
			return li;
		}));
		at = -1;
		list.hidden = !found.length;
		box.setAttribute("aria-expanded", String(!!found.length));
		says.textContent = found.length ? found.length + " suggestions" : "";
	};
	const suggest = async () => {
		typed = box.value;
		if (asked) asked.abort();
		if (!typed.trim()) return close();
		asked = new AbortController();
		try {
			const res = await fetch("/api/v1/suggest?complete=true&q=" + encodeURIComponent(typed), { signal: asked.signal, headers: { Accept: "application/json" } });
			if (!res.ok) return close();
			const found = (await res.json()).suggestions || [];
			if (document.activeElement === box && box.value === typed) show(found.slice(0, 8));
		} catch { /* given up, or no network: the box works without */ }
	};
	box.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(suggest, 120); });
	box.addEventListener("blur", () => setTimeout(close, 150));
	list.addEventListener("mousedown", (e) => {
		const li = e.target.closest("li");
		if (!li) return;
		e.preventDefault();
		box.value = li.dataset.query;
		box.form.requestSubmit();
	});
	box.addEventListener("keydown", (e) => {
		if (e.isComposing) return;
		if (!list.hidden && (e.key === "ArrowDown" || e.key === "ArrowUp")) {
			e.preventDefault();
			choose(at + (e.key === "ArrowDown" ? 1 : -1));
		} else if (e.key === "Escape") {
			e.preventDefault();
			if (list.hidden) box.blur();
			else { box.value = typed; close(); }
			e.stopPropagation();
		}
	});

	// Marks of an article: the next and the previous one.
	const marks = all("article mark"), which = one("#which");
	let mark = -1;
	const go = (step) => {
		if (!marks.length) return;
		if (mark >= 0) marks[mark].classList.remove("now");
		mark = mark < 0 && step < 0 ? marks.length - 1 : (mark + step + marks.length) % marks.length;
		marks[mark].classList.add("now");
		marks[mark].scrollIntoView({ block: "center" });
		which.textContent = says.textContent = mark + 1 + " of " + marks.length;
	};
	if (marks.length) {
		one(".step").hidden = false;
		if (one(".first")) one(".first").hidden = true;
		one("#next").addEventListener("click", () => go(1));
		one("#previous").addEventListener("click", () => go(-1));
	}

	// Hits: the next and the previous one.
	const titles = all(".hit :is(h2, h3) a");
	const step = (by) => {
		const here = document.activeElement.closest ? document.activeElement.closest(".hit") : null;
		const i = titles.findIndex((a) => here && here.contains(a));
		const a = titles[i < 0 ? (by > 0 ? 0 : titles.length - 1) : Math.min(Math.max(i + by, 0), titles.length - 1)];
		if (!a) return;
		a.focus({ preventScroll: true });
		a.closest(".hit").scrollIntoView({ block: "nearest" });
	};

	// Keys of single letters can be turned off, for those who speak to their machine.
	const on = one("#keys-on"), hint = one(".keyhint");
	hint.hidden = false;
	on.checked = !store || store.getItem("newsq-keys") !== "off";
	on.addEventListener("change", () => { if (store) store.setItem("newsq-keys", on.checked ? "on" : "off"); });
	one("#keys").addEventListener("click", () => help.showModal());
	document.addEventListener("keydown", (e) => {
		if (e.ctrlKey || e.metaKey || e.altKey || e.isComposing || help.open) return;
		const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(e.target.tagName);
		if (e.key === "Escape") {
			const back = one("#back");
			if (typing) e.target.blur();
			else if (back) back.click();
			else if (document.activeElement !== document.body) document.activeElement.blur();
			return;
		}
		if (typing || !on.checked) return;
		const act = { "/": () => { box.focus(); box.select(); }, j: () => step(1), k: () => step(-1), n: () => go(1), p: () => go(-1), "?": () => help.showModal() }[e.key];
		if (act) { e.preventDefault(); act(); }
	});

	// A time is chosen by dragging over the chart.
	const chart = one("#chart");
	if (chart) {
		const { any, first, n, step: unit, each } = chart.dataset, bars = Number(n), span = document.createElementNS("http://www.w3.org/2000/svg", "rect");
		span.setAttribute("class", "span");
		span.setAttribute("y", "0");
		span.setAttribute("height", "58");
		let from = -1, to = -1, moved = false;
		const barAt = (e) => {
			const r = chart.getBoundingClientRect();
			return Math.min(Math.max(Math.floor((e.clientX - r.left) / r.width * bars), 0), bars - 1);
		};
		const draw = () => {
			span.setAttribute("x", Math.min(from, to) * 100 / bars + "%");
			span.setAttribute("width", (Math.abs(to - from) + 1) * 100 / bars + "%");
			if (!span.parentNode) chart.append(span);
		};
		// The first and the last date of bars, as precise as these are.
		const [year, month, day] = first.split("-").map(Number);
		const dateAt = (i, lastOf) => {
			const k = i * each + (lastOf ? each - 1 : 0);
			const t = new Date(Date.UTC(year + (unit === "year" ? k : 0), (month || 1) - 1 + (unit === "month" ? k : 0), (day || 1) + (unit === "day" ? k : 0)));
			return t.toISOString().slice(0, { year: 4, month: 7, day: 10 }[unit]);
		};
		const end = () => { from = -1; span.remove(); };
		chart.addEventListener("dragstart", (e) => e.preventDefault());
		chart.addEventListener("pointerdown", (e) => {
			if (e.button || e.target.closest("text")) return;
			from = to = barAt(e);
			moved = false;
		});
		window.addEventListener("pointermove", (e) => {
			if (from < 0) return;
			to = barAt(e);
			moved = moved || to !== from;
			if (moved) draw();
		});
		window.addEventListener("pointerup", () => {
			if (from < 0) return;
			const since = dateAt(Math.min(from, to), false), until = dateAt(Math.max(from, to), true);
			const dragged = moved;
			end();
			if (!dragged) return;
			const url = new URL(any, location.href);
			url.searchParams.set("since", since);
			url.searchParams.set("until", until);
			location.assign(url);
		});
		window.addEventListener("pointercancel", end);
		chart.addEventListener("click", (e) => { if (moved) { e.preventDefault(); moved = false; } }, true);
	}
})();
