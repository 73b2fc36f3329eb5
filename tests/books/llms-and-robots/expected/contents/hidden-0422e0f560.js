prepbook.data("contents/hidden", {"url":"hidden/index.html","entries":[{"title":"A hidden page","url":"hidden/page.html","children":[]}]});
