// Numbers, and who says what, as the page itself writes them.
const chinese = document.documentElement.lang.startsWith("zh");

export function shortCount(number) {
  if (number < 10000) return number.toLocaleString("en");
  const [size, mark] = chinese ? [10000, " 万"] : [1000, "k"];
  return `${(number / size).toFixed(1).replace(/\.0$/, "")}${mark}`;
}

export function saying(name, text) {
  return `${name}${chinese ? "：" : ": "}${text}`;
}

export function yuan(fen) {
  return `¥${(fen / 100).toLocaleString("en", { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
}
