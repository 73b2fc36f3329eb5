"""The style sheets of the small theme that Hugo, Zola and Eleventy share. Data only."""

STYLE = """\
:root { --fg: #1c1e21; --bg: #fff; --muted: #5c6570; --line: #dfe3e8; --link: #0b62c4; --code: #f5f6f8; }
@media (prefers-color-scheme: dark) {
  :root { --fg: #e4e6eb; --bg: #17191c; --muted: #9aa4af; --line: #32373d; --link: #6cb2ff; --code: #202327; }
}
* { box-sizing: border-box; }
body { margin: 0; font: 16px/1.6 system-ui, sans-serif; color: var(--fg); background: var(--bg); }
a { color: var(--link); text-decoration: none; } a:hover { text-decoration: underline; }
header { position: sticky; top: 0; z-index: 2; padding: .6rem 1.2rem; border-bottom: 1px solid var(--line); background: var(--bg); }
header a { font-weight: 600; color: var(--fg); }
.shell { display: grid; grid-template-columns: 17rem minmax(0, 1fr) 14rem; max-width: 90rem; margin: 0 auto; }
.sidebar, .toc { position: sticky; top: 3rem; align-self: start; max-height: calc(100vh - 3rem); overflow: auto; padding: 1rem; font-size: .9rem; }
.sidebar ul, .toc ul { list-style: none; margin: 0; padding: 0 0 0 .8rem; }
.sidebar > ul { padding: 0; } .sidebar > ul > li > a { font-weight: 600; color: var(--fg); }
.sidebar li, .toc li { margin: .2rem 0; } .sidebar [aria-current] { color: var(--fg); font-weight: 600; }
main { padding: 1.5rem 2rem; min-width: 0; }
h1 { font-size: 2rem; line-height: 1.2; } h2 { margin-top: 2.2rem; border-bottom: 1px solid var(--line); }
pre { padding: .9rem 1rem; overflow: auto; border-radius: 6px; background: var(--code); line-height: 1.45; }
code { font: .875em ui-monospace, SFMono-Regular, Menlo, monospace; } :not(pre) > code { padding: .1em .3em; border-radius: 4px; background: var(--code); }
table { border-collapse: collapse; display: block; overflow: auto; } th, td { padding: .35rem .7rem; border: 1px solid var(--line); }
blockquote { margin: 1rem 0; padding: 0 1rem; border-left: 4px solid var(--line); color: var(--muted); }
.pager { display: flex; justify-content: space-between; gap: 1rem; margin-top: 3rem; padding-top: 1rem; border-top: 1px solid var(--line); }
.lead { color: var(--muted); } li > input[type=checkbox] { margin-right: .4em; }
@media (max-width: 60rem) { .shell { grid-template-columns: 1fr; } .sidebar, .toc { position: static; max-height: none; } .toc { display: none; } }
"""

CHROMA = """\
.chroma .c, .chroma .ch, .chroma .cm, .chroma .c1, .chroma .cs { color: #6e7781; }
.chroma .cp, .chroma .cpf { color: #0550ae; }
.chroma .k, .chroma .kc, .chroma .kd, .chroma .kn, .chroma .kp, .chroma .kr, .chroma .kt, .chroma .o, .chroma .ow { color: #cf222e; }
.chroma .m, .chroma .mb, .chroma .mf, .chroma .mh, .chroma .mi, .chroma .il, .chroma .mo, .chroma .l, .chroma .ld { color: #0550ae; }
.chroma .s, .chroma .sa, .chroma .sb, .chroma .sc, .chroma .dl, .chroma .sd, .chroma .s2, .chroma .s1, .chroma .sx, .chroma .sh { color: #0a3069; }
.chroma .se, .chroma .si, .chroma .sr, .chroma .ss { color: #116329; }
.chroma .na, .chroma .nb, .chroma .bp, .chroma .no, .chroma .nd, .chroma .ni, .chroma .nv, .chroma .vc, .chroma .vg, .chroma .vi { color: #0550ae; }
.chroma .nc, .chroma .nn, .chroma .nx, .chroma .ne, .chroma .py { color: #953800; }
.chroma .nf, .chroma .fm, .chroma .nl, .chroma .nt { color: #8250df; }
"""
