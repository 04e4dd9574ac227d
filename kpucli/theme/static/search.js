// Asks Pagefind's index and shows what it finds; texts become text nodes, never HTML.
const PAGE = 10;
const root = new URL("./", import.meta.url);
const query = (new URLSearchParams(location.search).get("q") ?? "").trim();
const status = document.getElementById("status");
const list = document.getElementById("results");
const more = element("button", { type: "button" }, "Tampilkan lagi");

function element(name, attributes, ...children) {
  const made = Object.assign(document.createElement(name), attributes);
  made.append(...children);
  return made;
}

// Pagefind's own markup is <mark>; it writes < and > of the text as references.
function excerpt({ content, excerpt: text }) {
  const parts = text
    .split(/<\/?mark>/)
    .map((part) => part.replaceAll("&lt;", "<").replaceAll("&gt;", ">"));
  const plain = parts.join("");
  const marked = parts.map((part, index) => (index % 2 ? element("mark", {}, part) : part));
  return [
    content.startsWith(plain) ? "" : "… ",
    ...marked,
    content.endsWith(plain) ? "" : " …",
  ];
}

function item(found) {
  const link = element("a", { href: found.url }, found.meta.title);
  const date = element("time", { dateTime: found.meta.date }, found.meta.day);
  return element(
    "li", {},
    element("h2", {}, link),
    element("p", { className: "meta" }, date),
    element("p", {}, ...excerpt(found)),
    element("span", { className: "more", ariaHidden: "true" }, "Selengkapnya"),
  );
}

// Shows the next results, and gives the first of them.
async function show(results) {
  const start = list.children.length;
  const next = await Promise.all(results.slice(start, start + PAGE).map((one) => one.data()));
  list.append(...next.map(item));
  if (list.children.length < results.length) list.after(more);
  else more.remove();
  return list.children[start];
}

async function search() {
  status.textContent = "Mencari …";
  const pagefind = await import(new URL("pagefind/pagefind.js", root));
  await pagefind.options({ baseUrl: root.pathname, noWorker: true });
  const { results } = await pagefind.search(query);
  if (results.length) await show(results);
  const count = new Intl.NumberFormat("id").format(results.length);
  status.textContent = results.length
    ? `${count} berita untuk “${query}”`
    : `Tidak ada berita untuk “${query}”. Coba kata lain atau kata yang lebih umum.`;
  more.onclick = () => show(results).then((first) => first.querySelector("a").focus(), fail);
}

function fail() {
  status.textContent = "Pencarian gagal dimuat. Muat ulang halaman ini, atau telusuri arsip.";
}

if (query) {
  document.getElementById("q").value = query;
  document.title = `“${query}” - ${document.title}`;
  search().catch(fail);
} else {
  status.textContent = "Ketik kata yang dicari, lalu tekan Cari.";
}
