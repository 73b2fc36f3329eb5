prepbook.data("contents/folder", {"url":"folder/index.html","entries":[{"title":"Empty front matter","url":"folder/page.html","children":[]}]});
