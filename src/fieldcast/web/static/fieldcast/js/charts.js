// Charts: <div data-chart="id"> beside <script type="application/json" id="id"> with an ECharts option. Loaded only by
// pages that have one. The option is data, so formats are named: {"unit": "yuan" | "percent" | "斤"} beside `series`.
import { word } from "./words.js";

const BASE = new URL("../../vendor/echarts/", import.meta.url);
// what the smaller build draws; anything else needs the whole library
const COMMON = new Set(["line", "bar", "pie", "scatter"]);
const css = getComputedStyle(document.documentElement);
const token = (name) => css.getPropertyValue(`--${name}`).trim();
const still = matchMedia("(prefers-reduced-motion: reduce)").matches;

function load(name) {
  return new Promise((done, fail) => {
    const script = document.createElement("script");
    script.src = new URL(name, BASE);
    script.onload = done;
    script.onerror = () => fail(new Error(`${name} did not load`));
    document.head.append(script);
  });
}

const axis = () => ({
  axisLine: { lineStyle: { color: token("line") } }, axisTick: { show: false },
  axisLabel: { color: token("ink-2"), fontSize: 12, hideOverlap: true }, splitLine: { lineStyle: { color: token("line") } },
});

function theme() {
  return {
    color: ["paddy", "persimmon", "wheat", "sky", "soil", "ink-3"].map(token),
    textStyle: { fontFamily: token("sans"), color: token("ink"), fontSize: 12 },
    categoryAxis: { ...axis(), splitLine: { show: false } }, valueAxis: axis(), timeAxis: { ...axis(), splitLine: { show: false } }, logAxis: axis(),
    legend: { textStyle: { color: token("ink-2") }, itemWidth: 14, itemHeight: 8, top: 0 },
    line: { symbolSize: 5, lineStyle: { width: 2.5 }, smooth: false }, bar: { itemStyle: { borderRadius: [4, 4, 0, 0] }, barMaxWidth: 36 },
    sankey: { itemStyle: { borderWidth: 0 }, lineStyle: { color: "gradient", opacity: 0.45 }, label: { color: token("ink-2") } },
  };
}

function say(unit) {
  if (unit === "yuan") return (value) => (value == null ? "—" : `¥${Number(value).toLocaleString("zh-CN", { maximumFractionDigits: 2 })}`);
  if (unit === "percent") return (value) => (value == null ? "—" : `${Number(value).toFixed(1).replace(/\.0$/, "")}%`);
  return (value) => (value == null ? "—" : `${Number(value).toLocaleString("zh-CN")}${unit ? ` ${unit}` : ""}`);
}

function complete({ unit, ...option }) {
  const spoken = say(unit);
  const values = (one) => ({ ...one, axisLabel: { formatter: one?.type === "category" || one?.type === "time" ? undefined : spoken, ...one?.axisLabel } });
  const each = (axes, turn) => (Array.isArray(axes) ? axes.map(turn) : axes && turn(axes));
  const flat = option.series?.every((one) => !["line", "bar", "scatter"].includes(one.type));
  return {
    animation: !still,
    grid: flat ? undefined : { left: 8, right: 12, top: option.legend ? 34 : 14, bottom: 4, containLabel: true },
    ...option,
    yAxis: each(option.yAxis, values),
    xAxis: each(option.xAxis, (one) => (one.type === "value" ? values(one) : one)),
    // tooltips drawn on the canvas: the page allows no inline style
    tooltip: { trigger: flat ? "item" : "axis", confine: true, valueFormatter: spoken, backgroundColor: token("card"), borderColor: token("line"), textStyle: { color: token("ink"), fontSize: 13 }, ...option.tooltip, renderMode: "richText" },
  };
}

const drawn = new WeakMap();

export async function drawCharts(root = document) {
  const places = [...root.querySelectorAll("[data-chart]")].filter((place) => !drawn.has(place));
  if (!places.length) return;
  const options = places.map((place) => JSON.parse(document.getElementById(place.dataset.chart).textContent));
  const whole = options.some((option) => !(option.series ?? []).every((one) => COMMON.has(one.type)));
  try {
    if (!window.echarts || (whole && !window.echartsWhole)) {
      await load(whole ? "echarts.min.js" : "echarts.common.min.js");
      window.echartsWhole = whole;
    }
  } catch {
    for (const place of places) {
      place.textContent = word("nochart");
      place.classList.add("chart-missing");
      place.closest("figure")?.querySelector("details")?.setAttribute("open", "");
    }
    return;
  }
  places.forEach((place, index) => {
    const chart = window.echarts.init(place, theme(), { renderer: "canvas" });
    chart.setOption(complete(options[index]));
    drawn.set(place, chart);
    new ResizeObserver(() => chart.resize()).observe(place);
  });
}

export function chartOf(place) { return drawn.get(place); }
