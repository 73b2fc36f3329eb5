prepbook.data("contents/root", {"chapters":[{"title":"Other","url":"other.html","part":null,"file":null}]});
