prepbook.data("contents/root", {"chapters":[{"title":"Off","url":"off.html","part":null,"file":null}]});
