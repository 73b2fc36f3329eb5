prepbook.data("contents/root", {"chapters":[{"title":"Eine Seite","url":"seite.html","part":null,"file":null}]});
