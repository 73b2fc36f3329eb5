prepbook.data("contents/root", {"chapters":[{"title":"More","url":"more.html","part":null,"file":null}]});
