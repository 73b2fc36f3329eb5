prepbook.data("contents/themes", {"url":"themes/index.html","entries":[{"title":"A folder of this name means nothing here","url":"themes/anything.html","children":[]}]});
