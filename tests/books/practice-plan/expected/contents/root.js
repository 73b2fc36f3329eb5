prepbook.data("contents/root", {"chapters":[{"title":"A part","url":"part/index.html","part":null,"file":null}]});
