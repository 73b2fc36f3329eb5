prepbook.data("contents/root", {"chapters":[{"title":"A true one, in another order of parts","url":"true.html","part":null,"file":null}]});
