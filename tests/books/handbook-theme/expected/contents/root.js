prepbook.data("contents/root", {"chapters":[{"title":"A page","url":"page.html","part":null,"file":null}]});
