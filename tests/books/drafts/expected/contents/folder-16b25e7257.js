prepbook.data("contents/folder", {"url":"folder/index.html","entries":[{"title":"Page","url":"folder/page.html","children":[]}]});
