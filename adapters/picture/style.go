package picture

// The style sheets. A picture has a ground of its own, so that it can be read whatever is around it; its colours follow the
// reader's preference. Fonts are those of the reader's system.
const (
	chatStyle = `
svg{font:15px system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",Helvetica,Arial,sans-serif;
--ground:#fff;--text:#1f2328;--faint:#59636e;--link:#0759b0;--card:#f4f5f7;--line:#d4d8dd;--face:#5b6472}
@media(prefers-color-scheme:dark){svg{--ground:#1e2126;--text:#e3e6ea;--faint:#a3abb5;--link:#79b8ff;--card:#282c33;--line:#434a54;--face:#7b8594}}
`
	terminalStyle = `
svg{font:14px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono","Liberation Mono",monospace;
--ground:#fff;--text:#1f2328;--faint:#59636e;--link:#1f2328;--warn:#8a5a00;--chart:#0b6e79}
@media(prefers-color-scheme:dark){svg{--ground:#16181d;--text:#e3e6ea;--faint:#9aa3ae;--link:#e3e6ea;--warn:#e3b341;--chart:#56d4dd}}
`
	shared = `text{fill:var(--text)}
.ground{fill:var(--ground);stroke:var(--line,var(--faint));stroke-width:1}
.strong{font-weight:700}
.slant{font-style:italic}
.small{font-size:13px}
.medium{font-size:14px}
.faint{fill:var(--faint)}
.link{fill:var(--link)}
.warn{fill:var(--warn)}
.chart{fill:var(--chart)}
.middle{text-anchor:middle}
.card{fill:var(--card)}
.rule{fill:var(--line)}
.button{fill:var(--card);stroke:var(--line)}
.portrait{fill:var(--face)}
.portrait-letter{fill:#fff}
`
)
