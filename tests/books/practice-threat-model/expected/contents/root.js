prepbook.data("contents/root", {"chapters":[{"title":"A small one","url":"small.html","part":null,"file":null}]});
