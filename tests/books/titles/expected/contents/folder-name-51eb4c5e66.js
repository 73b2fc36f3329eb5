prepbook.data("contents/folder-name", {"url":"folder-name/index.html","entries":[{"title":"A blank title is none","url":"folder-name/page.html","children":[]}]});
