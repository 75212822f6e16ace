/** The style of the inspector's page. */
export const style = `
:root { color-scheme: light dark; --ground: #f6f7f9; --sheet: #fff; --ink: #1b2330; --quiet: #5b6676; --line: #dde2ea;
  --open: #b45309; --open-ground: #fef3c7; --closed: #15693b; --closed-ground: #dcf5e5; --mark: #2456c8; --mark-ground: #e4ecfd;
  --bad: #b3261e; --code: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
@media (prefers-color-scheme: dark) { :root { --ground: #12161d; --sheet: #1a2029; --ink: #e6eaf0; --quiet: #9aa6b6;
  --line: #2c3542; --open: #fbbf5a; --open-ground: #3a2c0d; --closed: #6fd59a; --closed-ground: #12331f; --mark: #8fb2ff;
  --mark-ground: #1b2b4d; --bad: #ff8a80; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
header { display: flex; align-items: baseline; gap: 1rem; padding: .9rem 1.4rem; background: var(--sheet); border-bottom: 1px solid var(--line); }
h1 { font-size: 1.1rem; margin: 0; } h2 { font-size: .95rem; margin: 0 0 .6rem; } h3 { font-size: .85rem; margin: 1.1rem 0 .3rem; color: var(--quiet); }
#connection { color: var(--quiet); font-size: .85rem; margin-left: auto; }
#connection::before { content: ""; display: inline-block; width: .6em; height: .6em; border-radius: 50%; margin-right: .45em; background: var(--bad); }
#connection.live::before { background: var(--closed); }
main { display: grid; grid-template-columns: minmax(17rem, 22rem) minmax(20rem, 1fr) minmax(22rem, 1.25fr); gap: 1rem; padding: 1rem 1.4rem; align-items: start; }
@media (max-width: 70rem) { main { grid-template-columns: 1fr 1fr; } #detail { grid-column: 1 / -1; } }
@media (max-width: 45rem) { main { grid-template-columns: 1fr; } }
section { background: var(--sheet); border: 1px solid var(--line); border-radius: .7rem; padding: 1rem; min-width: 0; }
.listener + .listener { margin-top: 1.4rem; } .listener > p { margin: 0 0 .5rem; font-weight: 600; }
.rules { list-style: none; margin: 0; padding: 0 0 0 1.5rem; position: relative; }
.rules::before { content: ""; position: absolute; left: .55rem; top: .4rem; bottom: 1.6rem; border-left: 2px solid var(--line); }
.rule { position: relative; border: 1px solid var(--line); border-left: .3rem solid var(--quiet); border-radius: .5rem; padding: .45rem .6rem .45rem .7rem; margin-bottom: .6rem; }
.rule::before { content: ""; position: absolute; left: -1.42rem; top: .85rem; width: .7rem; height: .7rem; border-radius: 50%; background: var(--sheet); border: 2px solid var(--quiet); }
.rule .what { display: flex; gap: .45rem; align-items: center; font-weight: 600; font-size: .88rem; }
.rule .what svg { flex: none; width: 1.05rem; height: 1.05rem; }
.rule .when { font: .78rem/1.45 var(--code); color: var(--quiet); overflow-wrap: anywhere; }
.rule .count { margin-left: auto; font-variant-numeric: tabular-nums; color: var(--quiet); font-weight: 400; }
.open, .optional { border-left-color: var(--open); background: var(--open-ground); } .open .what, .optional .what { color: var(--open); }
.closed, .denied, .bearer { border-left-color: var(--closed); background: var(--closed-ground); } .closed .what, .denied .what, .bearer .what { color: var(--closed); }
.rule.hit { outline: 2px solid var(--mark); outline-offset: 1px; } .rule.hit::before { background: var(--mark); border-color: var(--mark); }
#requests ol { list-style: none; margin: 0; padding: 0; max-height: 75vh; overflow: auto; }
#requests button { display: grid; grid-template-columns: 3.2rem 4rem 1fr auto; gap: .5rem; width: 100%; text-align: left; font: .84rem/1.4 var(--code); color: inherit; background: none; border: 0; border-bottom: 1px solid var(--line); padding: .42rem .3rem; cursor: pointer; }
#requests button:hover, #requests button[aria-pressed="true"] { background: var(--mark-ground); }
#requests button:focus-visible { outline-offset: -3px; }
@media (max-width: 45rem) { #requests button { grid-template-columns: 2.2rem 3rem 1fr auto; } }
#requests .path { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; } #requests .ms { color: var(--quiet); }
.s4, .s5 { color: var(--bad); font-weight: 600; } .s3 { color: var(--mark); } .s2 { color: var(--closed); }
:focus-visible { outline: 3px solid var(--mark); outline-offset: 2px; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem .9rem; margin: 0; font-size: .87rem; } dt { color: var(--quiet); } dd { margin: 0; overflow-wrap: anywhere; }
#detail .headers { font-family: var(--code); font-size: .78rem; } #detail pre { font: .76rem/1.45 var(--code); background: var(--ground); border-radius: .4rem; padding: .5rem .7rem; margin: .2rem 0; overflow: auto; white-space: pre-wrap; overflow-wrap: anywhere; }
#detail ol { margin: 0; padding-left: 1.3rem; font-size: .85rem; } .passed { color: var(--quiet); } .matched { font-weight: 600; color: var(--mark); }
.empty { color: var(--quiet); }
.visually-hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); margin: 0; }
@media (prefers-reduced-motion: no-preference) { .rule { transition: outline-color .25s; } }
`;
