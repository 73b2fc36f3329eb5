prepbook.data("contents/root", {"chapters":[{"title":"Second","url":"second.html","part":null,"file":null}]});
