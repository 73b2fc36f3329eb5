prepbook.data("contents/other", {"url":"other/index.html","entries":[{"title":"Page","url":"other/page.html","children":[]}]});
