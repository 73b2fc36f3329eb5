prepbook.data("contents/root", {"chapters":[{"title":"Part","url":"part.html","part":null,"file":null}]});
